"""Wording of the linter's findings in both languages: ``L101`` says what is wrong, ``L101.do`` what to do."""

from __future__ import annotations

from chiso.framework.lint.phrases_points import FORMULAS, LINES, MAXIMA, NUMBERING, PREVIOUS
from chiso.phrases import Phrases

_POPULATIONS = {
    "L601": (
        "{place}: tên nói “{title}” nhưng mẫu số là “{denominator}”: hai nhóm người khác nhau.",
        '{place}: the title says "{title}" but the denominator is "{denominator}": these are different people.',
    ),
    "L601.do": (
        "Tính theo mẫu số in và ghi chú; hỏi cơ quan ban hành muốn đo nhóm nào.",
        "Use the printed denominator with a note; ask the issuer which group is meant.",
    ),
    "L602": (
        "{place}: tên nói “{title}” nhưng cách tính đếm “{counted}”: hai loại đối tượng khác nhau.",
        '{place}: the title says "{title}" but the method counts "{counted}": these are different things.',
    ),
    "L602.do": (
        "Tính theo cách tính in và ghi chú; hỏi cơ quan ban hành muốn đếm gì.",
        "Follow the printed method with a note; ask the issuer what is to be counted.",
    ),
    "L603": (
        "{place}: tỷ lệ nêu phạm vi “{area}”, lớn hơn địa bàn của đơn vị được đánh giá ({unit_kind}).",
        '{place}: the ratio speaks of "{area}", larger than that of the units assessed ({unit_kind}).',
    ),
    "L603.do": (
        "Xác định địa bàn của tử số và mẫu số; một phần của địa bàn khác không thể đạt tỷ lệ cao.",
        "Settle the area of numerator and denominator; a part of a larger area can never reach a high ratio.",
    ),
    "L604": (
        "{place}: tử số đếm cả {extra} nhưng mẫu số chỉ có {whole}: tỷ lệ có thể vượt 100%.",
        "{place}: the numerator also counts {extra}, the denominator only {whole}: the ratio can exceed 100 %.",
    ),
    "L604.do": (
        "Bổ sung {extra} vào mẫu số hoặc bỏ khỏi tử số; hỏi cơ quan ban hành.",
        "Add {extra} to the denominator or drop it from the numerator; ask the issuer.",
    ),
    "L605": (
        "{place}: “trưởng thành” tính từ {age} tuổi, còn ở {first} tính từ {other_age} tuổi.",
        "{place}: adults are people from the age of {age}, while in {first} from {other_age}.",
    ),
    "L605.do": (
        "Dùng hai số liệu dân số riêng, theo tuổi in ở từng dòng.",
        "Use two separate population figures, by the age printed in each row.",
    ),
    "L607": (
        "{place}: tên loại ra “{excluded}” nhưng mẫu số “{denominator}” không loại.",
        '{place}: the title leaves out "{excluded}", the denominator "{denominator}" does not.',
    ),
    "L607.do": (
        "Tính theo cách tính in và ghi chú; hỏi cơ quan ban hành có loại ra không.",
        "Follow the printed method with a note; ask the issuer whether it is left out.",
    ),
    "L606": (
        "{place}: trùng tên với {first}.",
        "{place}: it has the same title as {first}.",
    ),
    "L606.do": (
        "Kiểm tra xem có chép lặp dòng hoặc sót phần phân biệt hai dòng không.",
        "Check whether a row was copied twice, or the words that tell them apart were lost.",
    ),
}

_ADULTS = {
    "L608": (
        "{place}: “{title}” không nói trưởng thành là từ bao nhiêu tuổi.",
        '{place}: "{title}" does not say from which age people are adult.',
    ),
    "L608.do": (
        "Thống nhất độ tuổi trước khi thu thập, nếu không mỗi đơn vị đếm một nhóm người khác nhau.",
        "Agree on the age before collecting, or every unit counts other people.",
    ),
    "L609": (
        "{place}: tử số “{over}” không phải là một phần của mẫu số “{under}”: tỷ lệ có thể vượt 100%.",
        '{place}: the numerator "{over}" is no part of the denominator "{under}": the ratio can exceed 100 %.',
    ),
    "L609.do": (
        "Tính theo cách tính in và ghi chú; hỏi cơ quan ban hành đếm gì ở cả hai vế.",
        "Follow the printed method with a note; ask the issuer what both sides are to count.",
    ),
}

_AGENCIES = {
    "L701": (
        "{place}: không có cơ quan chủ trì ({filled}/{rows} tiêu chí có).",
        "{place}: nobody leads it ({filled} of {rows} criteria have a lead agency).",
    ),
    "L701.do": (
        "Phân công cơ quan chủ trì trước khi mở kỳ đánh giá.",
        "Name a lead agency before the round opens.",
    ),
    "L702": (
        "{place}: {name} vừa chủ trì vừa phối hợp.",
        "{place}: {name} both leads and supports.",
    ),
    "L702.do": (
        "Xác định cơ quan phối hợp thật; có thể một ô bị chép nhầm.",
        "Find out who supports: one of the cells is probably miscopied.",
    ),
    "L703": (
        "{place}: “{label}” không có cơ quan cung cấp ({filled}/{rows} dòng có).",
        '{place}: nobody supplies "{label}" ({filled} of {rows} rows have a provider).',
    ),
    "L703.do": (
        "Chỉ định cơ quan cung cấp số liệu này, nếu không các tiêu chí dùng nó sẽ thiếu số liệu.",
        "Name a provider, or the criteria that use this figure will lack data.",
    ),
    "L704": (
        "{place}: không có thời hạn ({filled}/{rows} tiêu chí có).",
        "{place}: no deadline is printed ({filled} of {rows} criteria have one).",
    ),
    "L704.do": (
        "Bổ sung thời hạn trong kế hoạch của kỳ đánh giá.",
        "Set a deadline in the plan of the round.",
    ),
    "L705": (
        "{place}: “{label}” hỏi số đơn vị cùng loại với chính đơn vị được đánh giá ({unit_kind}).",
        '{place}: "{label}" asks a unit to count units of its own kind ({unit_kind}).',
    ),
    "L705.do": (
        "Có lẽ dòng này chép từ bộ chỉ số cấp trên; giữ như in, không dùng để tính.",
        "It was probably copied from the set of the level above; keep it as printed, do not compute with it.",
    ),
    "L706": (
        "{place}: cần “{label}” ({row}) nhưng không ai cung cấp số liệu này và không ai chủ trì tiêu chí.",
        '{place}: it needs "{label}" ({row}), which nobody supplies, and nobody leads the criterion.',
    ),
    "L706.do": (
        "Chỉ định cơ quan cung cấp hoặc chủ trì; nếu không tiêu chí sẽ không có số liệu ở mọi đơn vị.",
        "Name a provider or a lead agency, or the criterion will lack data in every unit.",
    ),
}

_MATURITY = {
    "L801": (
        "{place}: mức {level} đòi {higher}, thấp hơn mức {lower_level} ({lower}).",
        "{place}: level {level} asks for {higher}, less than level {lower_level} ({lower}).",
    ),
    "L801.do": (
        "Đối chiếu ngưỡng các mức với văn bản; mức cao hơn không thể đòi ít hơn.",
        "Check the thresholds against the document; a higher level cannot ask for less.",
    ),
    "L802": (
        "{place}: không áp dụng ở mức {level} dù mức {lower_level} có đòi ({lower}).",
        "{place}: it does not apply at level {level} although level {lower_level} asks for it ({lower}).",
    ),
    "L802.do": (
        "Xác nhận với cơ quan ban hành; nếu đúng, mức {level} có thể đạt mà thiếu điều kiện của mức thấp hơn.",
        "Confirm with the issuer; if so, level {level} can be reached without what a lower level asks.",
    ),
    "L803": (
        "{place}: mức {level} đòi {target}, quá 100%: không đơn vị nào đạt được.",
        "{place}: level {level} asks for {target}, above 100 %: no unit can reach it.",
    ),
    "L803.do": (
        "Đối chiếu ngưỡng với văn bản.",
        "Check the threshold against the document.",
    ),
    "L804": (
        "{place}: ô để trống trong cột đã ghi ở các dòng khác: {columns}.",
        "{place}: blank where other rows are filled in: {columns}.",
    ),
    "L804.do": (
        "Thống nhất cách tính và nguồn số liệu trước khi thu thập.",
        "Agree on the method and the source of data before collecting.",
    ),
    "L805": (
        "{place}: có thể đạt mức {level} bằng cách “{way}” mà không đạt mức {lower_level} (“{lower}”).",
        '{place}: level {level} can be reached by "{way}" without level {lower_level} ("{lower}").',
    ),
    "L805.do": (
        "Hỏi cơ quan ban hành cách này có áp dụng cho mức {lower_level} không; ghi rõ trong hướng dẫn.",
        "Ask the issuer whether this way is open at level {lower_level} too, and say so in the guide.",
    ),
}

_READINGS = {
    "L901": (
        "{place}: có thể hiểu nhiều cách ({reading}); đang hiểu là {option}; cách khác: {others}.",
        "{place}: can be read in more than one way ({reading}); in force is {option}; otherwise: {others}.",
    ),
    "L901.do": (
        "Người có thẩm quyền chọn cách hiểu {reading} và ghi lại trước khi mở kỳ đánh giá.",
        "Let those in charge choose the option of {reading} and record it before the round opens.",
    ),
    "L902": (
        "Văn bản để trống số (“{number}”, năm {year}): kết quả không dẫn được căn cứ.",
        'The document leaves its number blank ("{number}", {year}): results cannot cite it.',
    ),
    "L902.do": (
        "Ghi số và ngày của bản đã ký khi có; không ghi số từ nguồn khác mà chưa đối chiếu.",
        "Fill in number and date from the signed copy; take neither from elsewhere unchecked.",
    ),
}

#: Ids that stand in figures, as people read them.
WORDS: dict[str, tuple[str, str]] = {
    "commune": ("cấp xã", "communes"),
    "district": ("cấp huyện", "districts"),
    "province": ("cấp tỉnh", "provinces"),
    "country": ("cả nước", "the country"),
    "department": ("sở, ban, ngành", "departments"),
    "method": ("phương pháp tính", "method"),
    "legal_basis": ("căn cứ", "legal basis"),
    "general_information": ("Thông tin chung, dòng", "General information, row"),
    "legal": ("Văn bản", "The document"),
    "min_max": ("(x − nhỏ nhất)/(lớn nhất − nhỏ nhất)", "(x − lowest)/(highest − lowest)"),
    "share_of_best": ("x/lớn nhất", "x/highest"),
}

PHRASES = Phrases(
    {
        **MAXIMA,
        **NUMBERING,
        **PREVIOUS,
        **FORMULAS,
        **LINES,
        **_POPULATIONS,
        **_ADULTS,
        **_AGENCIES,
        **_MATURITY,
        **_READINGS,
    }
)
