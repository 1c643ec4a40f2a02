"""Wording of data faults (D), reasons (S) and steps of a calculation (T), in both languages; the code is the key."""

from __future__ import annotations

from typing import Any

from chiso.phrases import Phrases

PHRASES = Phrases(
    {
        "near": ("Có phải bạn muốn ghi: {names}?", "Did you mean: {names}?"),
        # Rows
        "D101": (
            "Dòng không có tên đơn vị. Ghi tên đơn vị ở cột unit.",
            "The row names no unit. Write it in the column unit.",
        ),
        "D102": (
            "Không có đơn vị “{name}” trong danh sách đơn vị. Sửa tên hoặc thêm đơn vị vào danh sách.",
            'There is no unit "{name}" in the list of units. Mend the name or add the unit.',
        ),
        "D103": (
            "“{name}” không phải là giá trị tham chiếu. Dùng @best, @lowest hoặc @reference.",
            '"{name}" is not a reference value. Use @best, @lowest or @reference.',
        ),
        "D104": (
            "Không có tiêu chí mã “{name}” trong bộ chỉ số. Ghi mã như in trong văn bản.",
            'There is no criterion "{name}" in the framework. Write the code as printed.',
        ),
        "D105": (
            "Không có số liệu dùng chung “{name}”. Ghi mã tiêu chí, hoặc sửa tên số liệu.",
            'There is no shared fact "{name}". Give the code of the criterion, or mend the name.',
        ),
        "D106": (
            "Tiêu chí {code} không có số liệu “{name}”. Các số liệu: {known}.",
            'Criterion {code} has no input "{name}". Its inputs: {known}.',
        ),
        "D107": (
            "Tiêu chí {code} không nhận số liệu trực tiếp (là tổng của các tiêu chí con, hoặc lấy từ đơn vị cấp dưới).",
            "Criterion {code} takes no figures itself (it is a sum, or comes from child units).",
        ),
        "D108": (
            "“{value}” không phải là một kiểu miễn. Ghi một trong: {known}.",
            '"{value}" is not a kind of exemption. Write one of: {known}.',
        ),
        "D109": (
            "Số liệu {name} được ghi hai lần (lần đầu: {first}). Bỏ một dòng.",
            "The input {name} stands twice (first: {first}). Remove one row.",
        ),
        "D110": (
            "Số liệu {name} ({label}) có hai giá trị khác nhau (lần đầu: {first}). Giữ giá trị đúng, bỏ giá trị kia.",
            "The input {name} ({label}) has two different values (first: {first}). Keep the right one.",
        ),
        "D111": (
            "Số có quá nhiều chữ số (tối đa 15 chữ số kể cả phần thập phân). Làm tròn hoặc kiểm tra lại.",
            "The number has too many digits (at most 15, decimals included). Round it or check it.",
        ),
        "D112": (
            "Số liệu “{input}” không so với giá trị {name} nào. Bỏ dòng này, hoặc sửa mã tiêu chí.",
            'The input "{input}" is not compared with a value {name}. Remove the row, or mend the code.',
        ),
        "D113": (
            "Có hơn {limit} đơn vị; từ dòng này có {rows} dòng của các đơn vị khác không được tính. Kiểm tra cột unit, "
            "hoặc chia tệp theo năm hay theo nhóm xếp hạng.",
            "There are more than {limit} units; from here on {rows} rows of other units were not scored. Check the "
            "column unit, or split the file by year or ranking group.",
        ),
        "D114": (
            "Tên đơn vị dài hơn {limit} ký tự; dòng không được đọc. Ghi lại tên đơn vị.",
            "The name of the unit is longer than {limit} characters; the row was not read. Write the name again.",
        ),
        "D115": (
            "Dòng không ghi mã tiêu chí lẫn số liệu. Ghi cột code và input, hoặc xóa dòng.",
            "The row names neither criterion nor input. Write the columns code and input, or remove the row.",
        ),
        "D116": (
            "“{name}” và “{first}” ({place}) chỉ khác nhau ở chữ hoa hoặc cách đặt dấu, đang được tính là hai đơn vị. "
            "Nếu là một, ghi tên giống nhau; nếu là hai, nộp danh sách đơn vị (--units).",
            '"{name}" and "{first}" ({place}) differ only in capitals or where the tone mark stands, and are scored '
            "as two units. If they are one, write the same name; if two, give the list of units (--units).",
        ),
        "D117": (
            "{count} số liệu ghi thời điểm “{as_of}”, ngoài năm {year}; vẫn được tính. Kiểm tra lại năm báo cáo.",
            '{count} figures are stated for "{as_of}", outside {year}; they were used. Check the reporting year.',
        ),
        "D118": (
            "Trả lời “không thuộc trường hợp nào” mà chưa giải thích. Ghi giải thích ở cột note.",
            'Answered "none of these" without an explanation. Explain it in the column note.',
        ),
        "D119": (
            "Điểm người thẩm định quyết định chỉ dùng khi đơn vị trả lời “không thuộc trường hợp nào”. Bỏ dòng này, "
            "hoặc sửa câu trả lời.",
            'Points decided by the verifier count only where the unit answers "none of these". Remove the row, or mend '
            "the answer.",
        ),
        "D121": (
            "“{value}” không phải là một lựa chọn. Chọn một trong: {known}; hoặc ghi “không thuộc trường hợp nào” "
            "và giải thích.",
            '"{value}" is not an option. Choose one of: {known}; or write "none of these" and explain.',
        ),
        "D122": (
            "“{value}” không phải là có hoặc không. Ghi có hoặc không.",
            '"{value}" is neither yes nor no. Write có or không.',
        ),
        "D123": (
            "“{value}” không phải là một số. Ghi số, ví dụ 1234 hoặc 12,5.",
            '"{value}" is not a number. Write a number such as 1234 or 12.5.',
        ),
        "D124": ("Số {value} là số âm. Ghi số từ 0 trở lên.", "The number {value} is negative. Write 0 or more."),
        "D125": (
            "{value} không phải là số nguyên. Đây là số lượng; nếu là hàng nghìn, ghi liền không có dấu (ví dụ 1234).",
            "{value} is not a whole number. This is a count; write thousands without separators (for example 1234).",
        ),
        "D126": (
            "Tỷ lệ {value} lớn hơn 100 %. Ghi phần trăm từ 0 đến 100.",
            "The share {value} is above 100 %. Write a percentage from 0 to 100.",
        ),
        "D128": (
            "Thời điểm “{as_of}” của “{label}” quyết định số liệu còn được tính hay không nhưng không phải một ngày; "
            "được tính như đã báo cáo. Ghi ngày như 2023-05-10 hoặc 10/05/2023.",
            'The as_of "{as_of}" of "{label}" decides whether the figure still counts, but is no day; it was used as '
            "reported. Write a day such as 2023-05-10 or 10/05/2023.",
        ),
        "D127": (
            "{value} nằm ngoài khoảng thường gặp của “{label}” ({low} đến {high}). Kiểm tra lại; nếu đúng, giải thích "
            "ở cột note.",
            '{value} is outside the plausible range of "{label}" ({low} to {high}). Check it; if it is right, explain '
            "it in the column note.",
        ),
        "D199": (
            "Còn {count} lỗi khác không liệt kê ở đây. Sửa các lỗi trên rồi chạy lại.",
            "There are {count} more faults. Mend those above and run again.",
        ),
        # Reasons
        "S101": ("Chưa có số liệu {name}.", "The figure {name} is missing."),
        "S102": ("Đơn vị trả lời không phát sinh: {name}.", "The unit answers that {name} does not apply."),
        "S103": ("Số liệu {name} bị lỗi. Sửa số liệu này.", "The figure {name} is faulty. Mend it."),
        "S104": (
            "{part} = {value} lớn hơn tổng {whole} = {limit}. Kiểm tra lại hai số này.",
            "{part} = {value} is above its own whole {whole} = {limit}. Check both.",
        ),
        "S105": (
            "Điểm {value} vượt điểm tối đa {limit}. Kiểm tra lại điểm.",
            "The points {value} exceed the maximum {limit}. Check them.",
        ),
        "S106": (
            "Mẫu số {name} bằng 0 trong khi tử số {part} khác 0. Kiểm tra lại hai số này.",
            "The denominator {name} is 0 while {part} is not. Check both.",
        ),
        "S107": (
            "Mẫu số {name} bằng 0. Nếu không có đối tượng nào để đếm, ghi n/a và nêu lý do.",
            "The denominator {name} is 0. If there is nothing to count, write n/a and say why.",
        ),
        "S108": (
            "Chờ số liệu của các đơn vị khác, hoặc ghi giá trị @best, @lowest.",
            "Waiting for figures of other units, or for the values @best, @lowest.",
        ),
        "S109": ("Chờ giá trị tham chiếu (@reference).", "Waiting for the reference value (@reference)."),
        "S110": ("Chỉ theo dõi, chưa chấm điểm.", "Followed, not scored yet."),
        "S111": (
            "Được miễn: chờ điểm của các đơn vị khác trong cùng nhóm.",
            "Exempt: waiting for the points of other units of the group.",
        ),
        "S112": ("Được miễn: không tính tiêu chí này.", "Exempt: this criterion does not count."),
        "S113": (
            "Chưa đủ: còn tiêu chí {codes} chưa có điểm.",
            "Incomplete: criteria {codes} have no points yet.",
        ),
        "S114": ("Được miễn: điểm được cấp theo quy định.", "Exempt: the points are granted by rule."),
        "S115": ("Không tính năm {year}: {reason}", "Left out in {year}: {reason}"),
        "S116": (
            "Đơn vị đã kết thúc ngày {date}, trước cuối năm {year}: được tính nhưng không xếp hạng.",
            "The unit ended on {date}, before the end of {year}: scored, but not ranked.",
        ),
        "S117": (
            "Đơn vị bắt đầu từ ngày {date}, sau năm {year}: được tính nhưng không xếp hạng.",
            "The unit starts on {date}, after {year}: scored, but not ranked.",
        ),
        "S118": (
            "Không thuộc trường hợp nào được in: người thẩm định quyết định điểm.",
            "No printed case covers the situation: the verifier decides the points.",
        ),
        "S119": (
            "Điểm do người thẩm định quyết định, vì không thuộc trường hợp nào được in.",
            "The points were decided by the verifier, since no printed case covers the situation.",
        ),
        "S121": ("Chưa có kết quả mức độ của đơn vị cấp dưới.", "The levels of the child units are missing."),
        "S122": (
            "Chờ kết quả của {unknown} trên {all} đơn vị cấp dưới.",
            "Waiting for the levels of {unknown} of {all} child units.",
        ),
        "S123": (
            "Dự báo: mức độ của {count} trên {all} đơn vị cấp dưới là tự đánh giá, chưa được công nhận.",
            "Forecast: the levels of {count} of {all} child units are self-assessed, not recognised yet.",
        ),
        # Steps
        "T110": ("{text} = {left} / {right} = {value}", "{text} = {left} / {right} = {value}"),
        "T111": ("{value} × {factor} = {result}", "{value} × {factor} = {result}"),
        "T112": ("{value} được tính tối đa bằng {top}", "{value} counts as at most {top}"),
        "T113": ("{value} được giữ trong khoảng cho phép: {kept}", "{value} is kept within the bounds: {kept}"),
        "T114": ("Chọn: {option}", "Chosen: {option}"),
        "T115": ("Trả lời “không” ({name}): tính theo dòng cuối", "Answered no ({name}): the last line holds"),
        "T116": ("{text} = {value} {kind} {bound}: đạt dòng này", "{text} = {value} {kind} {bound}: this line holds"),
        "T117": (
            "{text} = {value}: không dòng nào ở trên đạt, tính theo dòng cuối",
            "{text} = {value}: no line above holds, the last one does",
        ),
        "T118": ("Lấy điểm cao nhất trong {count} trường hợp: {value}", "The best of {count} cases: {value}"),
        "T119": (
            "({text} − thấp nhất) / (cao nhất − thấp nhất) = ({value} − {lowest}) / ({highest} − {lowest}) = {share}, "
            "so với {known} đơn vị",
            "({text} − lowest) / (highest − lowest) = ({value} − {lowest}) / ({highest} − {lowest}) = {share}, "
            "among {known} units",
        ),
        "T120": (
            "{text} / cao nhất = {value} / {highest} = {share}",
            "{text} / highest = {value} / {highest} = {share}",
        ),
        "T121": ("Giá trị tham chiếu: {value}", "Reference value: {value}"),
        "T122": ("{value} ÷ {top} × {factor} = {result}", "{value} ÷ {top} × {factor} = {result}"),
        "T123": ("{share} × {full} = {result} điểm", "{share} × {full} = {result} points"),
        "T124": ("Cộng các phần: {parts} = {result}", "Sum of the parts: {parts} = {result}"),
        "T131": ("Không phát sinh: được điểm tối đa {full}", "Not applicable: the maximum of {full} is given"),
        "T132": (
            "Làm tròn {value} đến {decimals} chữ số: {rounded}",
            "{value} rounded to {decimals} places: {rounded}",
        ),
        "T133": (
            "Được miễn: không tính tiêu chí này, mẫu số giảm tương ứng",
            "Exempt: left out, the denominator is smaller",
        ),
        "T134": ("Được miễn: tính điểm tối đa {full}", "Exempt: the maximum of {full} is given"),
        "T135": (
            "Được miễn: bằng điểm cao nhất của các đơn vị khác trong nhóm, {best}",
            "Exempt: the highest points among the others of the group, {best}",
        ),
        "T136": (
            "Không thuộc trường hợp nào được in; người thẩm định quyết định {points} điểm",
            "No printed case covers the situation; the verifier decided {points} points",
        ),
        "T144": (
            "Thực hiện ngày {done}, được tính từ {first} đến {last}; đánh giá ngày {assessed}: còn được tính",
            "Done on {done}, counts from {first} to {last}; assessed on {assessed}: still counts",
        ),
        "T145": (
            "Thực hiện ngày {done}, được tính từ {first} đến {last}; đánh giá ngày {assessed}: không còn được tính",
            "Done on {done}, counts from {first} to {last}; assessed on {assessed}: no longer counts",
        ),
        "T140": ("Giá trị: {value}", "Value: {value}"),
        "T142": (
            "{all} đơn vị cấp dưới: {enough} đạt từ mức {level} trở lên ({share})",
            "{all} child units: {enough} at level {level} or above ({share})",
        ),
        "T143": (
            "Dự báo: {count} trên {all} mức độ là tự đánh giá, chưa được công nhận",
            "Forecast: {count} of {all} levels are self-assessed, not recognised yet",
        ),
        "T141": ("Mức {level} ({printed}): {met}", "Level {level} ({printed}): {met}"),
        "T151": ("{code}: {points} điểm", "{code}: {points} points"),
        "T152": ("Cộng các tiêu chí con: {points}", "Sum of the sub-criteria: {points}"),
        # Words used inside the above
        "at_least": ("≥", "≥"),
        "above": (">", ">"),
        "at_most": ("≤", "≤"),
        "below": ("<", "<"),
        "met": ("đạt", "met"),
        "not_met": ("chưa đạt", "not met"),
        "undecided": ("chưa xác định", "not decided yet"),
        "reference": ("giá trị tham chiếu", "reference value"),
    }
)


def phrase(code: str, lang: str, /, **data: Any) -> str:
    """Return the sentence for a code, filled with its data."""
    return PHRASES.text(code, lang, **data)
