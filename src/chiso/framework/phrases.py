"""Wording of the faults of framework files, in both languages; the code is the key."""

from __future__ import annotations

from typing import Any

from chiso.phrases import Phrases

PHRASES = Phrases(
    {
        "near": ("Có phải bạn muốn viết: {names}?", "Did you mean: {names}?"),
        # Reading the file
        "F001": (
            "Tệp có {size} byte, quá giới hạn {limit} byte. Kiểm tra lại có đúng là tệp bộ chỉ số không.",
            "The file has {size} bytes, above the limit of {limit}. Check that it is a framework file.",
        ),
        "F002": (
            "Tệp dùng neo hoặc bí danh YAML (& hoặc *). Viết đầy đủ nội dung ở từng chỗ; "
            "nếu là chữ có & hoặc * ở đầu thì đặt trong dấu ngoặc kép.",
            "The file uses a YAML anchor or alias (& or *). Write the content out in each place; "
            "put text that starts with & or * in quotes.",
        ),
        "F003": (
            "Không đọc được YAML: {problem}. Sửa dòng này; kiểm tra thụt lề và dấu ngoặc.",
            "This is not YAML: {problem}. Mend this line; check indentation and quotes.",
        ),
        "F004": (
            "Tệp không phải là một bộ chỉ số. Tệp phải bắt đầu bằng các khóa như id, version, title.",
            "The file is not a framework. It must start with keys such as id, version, title.",
        ),
        "F005": (
            "Không mở được tệp: {problem}. Kiểm tra đường dẫn và quyền đọc.",
            "The file cannot be opened: {problem}. Check the path and the permission to read it.",
        ),
        "F006": (
            "Tệp không ở bảng mã UTF-8. Lưu lại tệp với bảng mã UTF-8.",
            "The file is not in UTF-8. Save it again in UTF-8.",
        ),
        "F007": (
            "Thẻ YAML {tag} không được phép. Bỏ thẻ này; nếu là chữ có ! ở đầu thì đặt trong dấu ngoặc kép.",
            "The YAML tag {tag} is not allowed. Remove it; put text that starts with ! in quotes.",
        ),
        "F008": ("Khóa phải là chữ. Viết khóa thành một từ.", "A key must be text. Write the key as one word."),
        "F009": (
            "Khóa “{name}” đã có ở dòng {first}. Giữ một chỗ, bỏ chỗ kia.",
            'The key "{name}" already stands on line {first}. Keep one of the two.',
        ),
        "F010": (
            "Không có bộ chỉ số “{name}”. Xem danh sách bằng: chiso framework list.",
            'There is no framework "{name}". List them with: chiso framework list.',
        ),
        "F011": (
            "Các bộ chỉ số kế thừa vòng tròn: {chain}. Bỏ khóa extends ở một tệp.",
            "The frameworks extend each other in a circle: {chain}. Remove extends from one of them.",
        ),
        "F013": (
            "Bộ chỉ số không có cách hiểu “{name}”. Xem các cách hiểu bằng: chiso framework show.",
            'The framework has no reading "{name}". See its readings with: chiso framework show.',
        ),
        "F014": (
            "Cách hiểu này không có lựa chọn “{name}”. Các lựa chọn: {known}.",
            'The reading has no option "{name}". Options: {known}.',
        ),
        "F015": (
            "Nội dung lồng nhau quá {limit} tầng. Kiểm tra dấu ngoặc và thụt lề.",
            "The content is nested more than {limit} levels deep. Check brackets and indentation.",
        ),
        "F016": ("Không có tệp này. Kiểm tra đường dẫn.", "There is no such file. Check the path."),
        "F017": (
            "Tệp chứa nhiều văn bản YAML. Chỉ giữ một, bỏ dòng --- này.",
            "The file holds several YAML documents. Keep one and remove this line of ---.",
        ),
        # Shape
        "F018": (
            "Tệp có quá {limit} giá trị. Kiểm tra lại có đúng là tệp bộ chỉ số không.",
            "The file holds more than {limit} values. Check that it is a framework file.",
        ),
        "F019": (
            "Còn nhiều lỗi hơn nữa; chỉ nêu {limit} lỗi đầu. Sửa các lỗi này rồi kiểm tra lại.",
            "There are more faults; only {limit} are told. Mend these and check again.",
        ),
        "F021": ("Khóa “{name}” không có trong định dạng.", 'The key "{name}" is not part of the format.'),
        "F022": ("Thiếu khóa “{name}”. Thêm khóa này.", 'The key "{name}" is missing. Add it.'),
        "F023": (
            "“{value}” không hợp lệ; chọn một trong: {expected}.",
            '"{value}" is not valid; choose one of: {expected}.',
        ),
        "F024": (
            "Quy tắc thiếu khóa kind. Ghi loại quy tắc.",
            "The rule lacks the key kind. Say what kind of rule it is.",
        ),
        "F025": ("Giá trị “{value}” không hợp lệ: {problem}.", 'The value "{value}" is not valid: {problem}.'),
        "F031": (
            "Phải có đúng một trong hai khóa share hoặc rule. Bỏ một khóa, hoặc thêm khóa còn thiếu.",
            "There must be exactly one of share and rule. Remove one, or add what is missing.",
        ),
        "F032": (
            "Mỗi dòng có đúng một ngưỡng: at_least, above, at_most hoặc below. Tách dòng hoặc bỏ bớt ngưỡng.",
            "A line has exactly one bound: at_least, above, at_most or below. Split the line or remove a bound.",
        ),
        "F033": (
            "Phải có đúng một trong hai khóa constant (hằng số) hoặc given (giá trị cho từ bên ngoài).",
            "There must be exactly one of constant and given (a value from outside).",
        ),
        "F034": (
            "share và at_least phải đi cùng nhau. Thêm khóa còn thiếu.",
            "share and at_least belong together. Add the other.",
        ),
        "F035": (
            "Chỉ tiêu của một mức có đúng một điều kiện: at_least, has, all_of_total, children hoặc any_of. "
            "Nếu có nhiều cách đạt, ghi trong any_of.",
            "A level has exactly one condition: at_least, has, all_of_total, children or any_of. "
            "Put several ways to reach it in any_of.",
        ),
        "F036": (
            "Lựa chọn mặc định “{name}” không có trong options. Các lựa chọn: {known}.",
            'The default "{name}" is not one of the options: {known}.',
        ),
        "F037": (
            "Khoảng giá trị kết thúc trước khi bắt đầu. Đổi chỗ hai số.",
            "The range ends before it starts. Swap the two numbers.",
        ),
        "F038": (
            "counts_for có đúng một khóa: calendar_years hoặc months. Giữ lại một khóa.",
            "counts_for has exactly one key: calendar_years or months. Keep one.",
        ),
        "F039": (
            "counts_for chỉ dùng được khi numerator và denominator mỗi bên là một số liệu, vì ngày ghi ở as_of của "
            "số liệu đó. Đặt một số liệu cho mỗi bên, hoặc bỏ counts_for.",
            "counts_for needs a numerator and a denominator of one figure each, since the day is the as_of of that "
            "figure. Name one figure on each side, or leave counts_for out.",
        ),
        "F041": (
            "Công thức dài quá {limit} ký tự. Tách thành nhiều phần hoặc đặt tên số liệu ngắn hơn.",
            "The formula is longer than {limit} characters. Split it or use shorter names.",
        ),
        "F042": (
            "“{value}” không phải là công thức. Viết như (c+d)/(a+b); kiểm tra dấu ngoặc và phép tính.",
            '"{value}" is not a formula. Write it like (c+d)/(a+b); check brackets and signs.',
        ),
        "F043": (
            "Công thức “{value}” chỉ được dùng tên số liệu, số và các dấu + - * / ( ). Viết số thập phân bằng dấu "
            "chấm.",
            'The formula "{value}" may use only inputs, numbers and + - * / ( ). Write decimals with a point.',
        ),
        "F044": (
            "“{value}” không phải là số. Viết như 12.5, 1/2 hoặc 80% (dấu chấm thập phân).",
            '"{value}" is not a number. Write it like 12.5, 1/2 or 80% (with a decimal point).',
        ),
        "F051": (
            '“{value}” phải là chữ. Đặt trong dấu ngoặc kép nếu đây là mã hay số hiệu, ví dụ "1.1".',
            '"{value}" must be text. Put it in quotes if it is a code or number, like "1.1".',
        ),
        "F052": ("“{value}” phải là số nguyên, ví dụ 3.", '"{value}" must be a whole number, such as 3.'),
        "F053": ("“{value}” quá nhỏ: phải từ {limit} trở lên.", '"{value}" is too small: it must be at least {limit}.'),
        "F054": (
            "“{value}” quá nhỏ: phải lớn hơn {limit}.",
            '"{value}" is too small: it must be greater than {limit}.',
        ),
        "F055": ("“{value}” quá lớn: tối đa là {limit}.", '"{value}" is too large: it must be at most {limit}.'),
        "F056": (
            "“{value}” phải là một danh sách. Viết mỗi mục một dòng bắt đầu bằng dấu -, hoặc trong [ ].",
            '"{value}" must be a list. Write each entry on a line that starts with -, or inside [ ].',
        ),
        "F057": (
            "“{value}” phải là các cặp khóa: giá trị. Viết mỗi khóa một dòng, hoặc trong {{ }}.",
            '"{value}" must be pairs of key: value. Write each key on a line, or inside {{ }}.',
        ),
        "F058": (
            "Phải có ít nhất {limit} mục. Thêm mục còn thiếu.",
            "There must be at least {limit} entries. Add what is missing.",
        ),
        "F059": ("Chỉ được có tối đa {limit} mục. Bỏ bớt.", "There may be at most {limit} entries. Remove the rest."),
        "F060": (
            "“{value}” viết không đúng cách. Mã tiêu chí viết như 7.5.2 hoặc I.1; định danh chỉ gồm chữ thường a-z, "
            "số, - và _; "
            "cách hiểu viết như A1.",
            '"{value}" is not written as it must be: codes like 7.5.2 or I.1, identifiers in small letters a-z, '
            "digits, - and _, "
            "readings like A1.",
        ),
        "F061": (
            "“{value}” không phải là ngày. Viết như 2024-11-30.",
            '"{value}" is not a date. Write it like 2024-11-30.',
        ),
        "F062": ("“{value}” phải là true hoặc false.", '"{value}" must be true or false.'),
        # Content
        "F101": (
            "Mã “{name}” xuất hiện {times} lần. Mỗi mã chỉ dùng một lần.",
            'The code "{name}" stands {times} times. Use each code once.',
        ),
        "F102": (
            "Lựa chọn “{name}” xuất hiện {times} lần. Đặt id khác cho từng lựa chọn.",
            'The option "{name}" stands {times} times. Give each option its own id.',
        ),
        "F111": (
            "Tiêu chí {name} có tiêu chí con nên điểm phải là tổng (sum), không phải {kind}.",
            "Criterion {name} has sub-criteria, so its rule must be their sum, not {kind}.",
        ),
        "F112": (
            "Tiêu chí {name} không có cách tính điểm và không có tiêu chí con. Thêm rule; nếu văn bản không in cách "
            "tính, dùng manual.",
            "Criterion {name} has neither a rule nor sub-criteria. Add a rule; use manual where none is printed.",
        ),
        "F113": (
            "Tiêu chí {name} không có điểm tối đa. Ghi max_points; nếu văn bản để trống, suy ra từ tổng và ghi "
            "inferred.",
            "Criterion {name} has no maximum. Write max_points; where it is blank, infer it from the sums and say so "
            "in inferred.",
        ),
        "F114": (
            "Quy tắc của {name} có thể cho {share} % điểm tối đa. Sửa tỷ lệ các phần để tổng không quá 100 %.",
            "The rule of {name} can give {share} % of the maximum. Mend the shares so that they do not exceed 100 %.",
        ),
        "F115": (
            "Thời hạn “{name}” chưa được giải thích trong deadlines. Thêm vào đó.",
            'The deadline "{name}" is not explained in deadlines. Add it there.',
        ),
        "F116": (
            "Các dòng bên dưới cộng lại {total} điểm, quá điểm tối đa {full}. Sửa một trong hai.",
            "What stands below adds up to {total} points, above the maximum of {full}. Mend one of the two.",
        ),
        "F117": ("Mức {name} không có; các mức là {known}.", "There is no level {name}; the levels are {known}."),
        "F118": (
            "Thiếu chỉ tiêu cho mức {missing}. Ghi “Không áp dụng” nếu mức đó không áp dụng.",
            "Targets are missing for levels {missing}. Write “Không áp dụng” where a level does not apply.",
        ),
        "F119": (
            "numerator và denominator phải đi cùng nhau. Thêm khóa còn thiếu hoặc bỏ cả hai.",
            "numerator and denominator belong together. Add the other or remove both.",
        ),
        "F120": (
            "Chỉ tiêu “{name}” không hợp với value: {value}. Ngưỡng (at_least) dùng cho share và count, has cho "
            "yes_no, "
            "all_of_total cho count, children cho children.",
            'The target "{name}" does not fit value: {value}. Thresholds (at_least) are for share and count, has for '
            "yes_no, "
            "all_of_total for count, children for children.",
        ),
        "F121": ("Số liệu “{name}” được khai hai lần.", 'The input "{name}" is declared twice.'),
        "F122": (
            "Không có số liệu “{name}” trong danh mục chung hoặc trong facts.",
            'There is no fact "{name}" in the catalogue or under facts.',
        ),
        "F123": (
            "Số liệu “{name}” thiếu nhãn. Thêm label, hoặc fact nếu là số liệu dùng chung.",
            'The input "{name}" has no label. Add a label, or a fact if it is shared.',
        ),
        "F124": (
            "Không có đơn vị tính “{name}”. Dùng một đơn vị trong measures.yaml.",
            'There is no unit of measure "{name}". Use one of measures.yaml.',
        ),
        "F125": (
            "Quy tắc dùng “{name}” nhưng tiêu chí không khai số liệu này. Thêm vào inputs.",
            'The rule uses "{name}", which the criterion does not declare. Add it to inputs.',
        ),
        "F126": (
            "Số liệu “{name}” được khai nhưng quy tắc không dùng. Bỏ đi hoặc sửa tên.",
            'The input "{name}" is declared but the rule does not use it. Remove it or mend its name.',
        ),
        "F131": (
            "Không cộng hoặc trừ được {left} ({left_unit}) với {right} ({right_unit}): khác đơn vị tính.",
            "{left} ({left_unit}) and {right} ({right_unit}) cannot be added or subtracted: their units of measure "
            "differ.",
        ),
        "F132": (
            "Tử số {left} ({left_unit}) và mẫu số {right} ({right_unit}) khác đơn vị tính nên không thể là phần của "
            "tổng. "
            "Sửa đơn vị, hoặc ghi part_of_whole: false.",
            "The numerator {left} ({left_unit}) and the denominator {right} ({right_unit}) have different units of "
            "measure, "
            "so one is not part of the other. Mend the units, or write part_of_whole: false.",
        ),
        "F133": (
            "Ngưỡng tính bằng {unit} nhưng {of} tính bằng {measure}. Sửa unit.",
            "The bounds are in {unit} but {of} is in {measure}. Mend unit.",
        ),
        "F135": (
            "part_of_whole chỉ dùng khi công thức là một phép chia, không phải {of}. "
            "Bỏ part_of_whole hoặc sửa công thức.",
            "part_of_whole needs a formula that is a quotient, not {of}. Remove it, or mend the formula.",
        ),
        "F141": ("Không có mã “{name}” trong bộ chỉ số.", 'There is no code "{name}" in the framework.'),
        "F142": (
            "Trọng số cho “{name}”, nhưng mã này không thuộc nhóm.",
            'A weight is given to "{name}", which is not a member.',
        ),
        "F143": (
            "Tất cả trọng số bằng 0. Cho ít nhất một trọng số lớn hơn 0.",
            "All weights are 0. Make at least one greater.",
        ),
        "F151": (
            "Bộ chỉ số tính điểm phải có max_points; bộ chỉ số mức độ phải có levels.",
            "A framework of points needs max_points; a maturity framework needs levels.",
        ),
        "F152": (
            "Số liệu “{name}” đã có trong danh mục chung. Bỏ định nghĩa ở đây.",
            'The fact "{name}" is already in the catalogue. Remove the definition here.',
        ),
    }
)


def phrase(code: str, lang: str, /, **data: Any) -> str:
    """Return the sentence for a code, filled with its data."""
    return PHRASES.text(code, lang, **data)
