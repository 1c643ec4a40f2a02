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
            "Tệp dùng bí danh YAML (*). Viết đầy đủ nội dung ở từng chỗ.",
            "The file uses a YAML alias (*). Write the content out in each place.",
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
        "F007": ("Thẻ YAML {tag} không được phép. Bỏ thẻ này.", "The YAML tag {tag} is not allowed. Remove it."),
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
        "F012": (
            "Mục changes chỉ gồm: {known}.",
            "The section changes holds only: {known}.",
        ),
        "F013": (
            "Bộ chỉ số không có cách hiểu “{name}”. Xem các cách hiểu bằng: chiso framework show.",
            'The framework has no reading "{name}". See its readings with: chiso framework show.',
        ),
        "F014": (
            "Cách hiểu này không có lựa chọn “{name}”. Các lựa chọn: {known}.",
            'The reading has no option "{name}". Options: {known}.',
        ),
        # Shape
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
        # Content
        "F101": (
            "Mã “{name}” xuất hiện {times} lần. Mỗi mã chỉ dùng một lần.",
            'The code "{name}" stands {times} times. Use each code once.',
        ),
        "F111": (
            "Tiêu chí {name} có tiêu chí con nên điểm phải là tổng (sum), không phải {kind}.",
            "Criterion {name} has sub-criteria, so its rule must be their sum, not {kind}.",
        ),
        "F112": (
            "Tiêu chí {name} không có cách tính điểm và không có tiêu chí con. Thêm rule; nếu văn bản không in cách tính, dùng manual.",
            "Criterion {name} has neither a rule nor sub-criteria. Add a rule; use manual where none is printed.",
        ),
        "F113": (
            "Tiêu chí {name} không có điểm tối đa. Ghi max_points; nếu văn bản để trống, suy ra từ tổng và ghi inferred.",
            "Criterion {name} has no maximum. Write max_points; where it is blank, infer it from the sums and say so in inferred.",
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
        "F119": ("Phải có cả numerator và denominator.", "numerator and denominator belong together."),
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
            "{left} ({left_unit}) and {right} ({right_unit}) cannot be added or subtracted: their units of measure differ.",
        ),
        "F132": (
            "Tử số {left} ({left_unit}) và mẫu số {right} ({right_unit}) khác đơn vị tính nên không thể là phần của tổng. "
            "Sửa đơn vị, hoặc ghi part_of_whole: false.",
            "The numerator {left} ({left_unit}) and the denominator {right} ({right_unit}) have different units of measure, "
            "so one is not part of the other. Mend the units, or write part_of_whole: false.",
        ),
        "F133": (
            "Ngưỡng tính bằng {unit} nhưng {of} tính bằng {measure}. Sửa unit.",
            "The bounds are in {unit} but {of} is in {measure}. Mend unit.",
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


def phrase(code: str, lang: str, **data: Any) -> str:
    """Return the sentence for a code, filled with its data."""
    return PHRASES.text(code, lang, **data)
