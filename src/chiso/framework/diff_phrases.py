"""Wording of the differences between two versions of a framework, in both languages."""

from __future__ import annotations

from chiso.phrases import Phrases

PHRASES = Phrases(
    {
        "added": ("{what}: thêm mới.", "{what}: added."),
        "removed": ("{what}: bỏ.", "{what}: removed."),
        "moved": ("{what}: chuyển từ {old} sang {new}.", "{what}: moved from {old} to {new}."),
        "changed": (
            "{what}: {field} đổi từ “{old}” thành “{new}”.",
            '{what}: {field} changed from "{old}" to "{new}".',
        ),
        "filled": ("{what}: thêm {field}: “{new}”.", '{what}: {field} added: "{new}".'),
        "emptied": ("{what}: bỏ {field}: “{old}”.", '{what}: {field} removed: "{old}".'),
        "rewritten": (
            "{what}: {field} thay đổi.\n  Trước đây:\n{old}\n  Nay là:\n{new}",
            "{what}: {field} changed.\n  Before:\n{old}\n  Now:\n{new}",
        ),
        "named": ("{part} {name} ({title})", "{part} {name} ({title})"),
        "unnamed": ("{part} {name}", "{part} {name}"),
        "numbered": ("{field} {rest}", "{field} {rest}"),
        "of": ("{field} ({rest})", "{field} ({rest})"),
        "true": ("có", "yes"),
        "false": ("không", "no"),
    }
)

#: What a change concerns.
PARTS = Phrases(
    {
        "framework": ("Bộ chỉ số", "Framework"),
        "general_information": ("Thông tin chung", "General information"),
        "dimension": ("Chỉ số chính", "Dimension"),
        "criterion": ("Tiêu chí", "Criterion"),
        "pillars": ("Trụ cột", "Pillar"),
        "groups": ("Nhóm", "Group"),
        "levels": ("Mức độ", "Maturity level"),
        "classes": ("Hạng", "Class"),
        "deadlines": ("Thời hạn", "Deadline"),
        "facts": ("Số liệu", "Fact"),
        "left_out": ("Tiêu chí không tính", "Left-out criterion"),
        "printed_counts": ("Số đếm in trong văn bản", "Printed count"),
        "readings": ("Cách hiểu", "Reading"),
    }
)

#: The first step of a field's path; what follows it is shown as written in the file.
FIELDS = Phrases(
    {
        "adds_up": ("cách cộng dồn", "how it adds up"),
        "aggregation": ("cách tổng hợp", "aggregation"),
        "as_of": ("thời điểm số liệu", "as of"),
        "at_least": ("ngưỡng", "threshold"),
        "clause": ("điều khoản", "clause"),
        "corrections": ("đính chính", "corrections"),
        "date": ("ngày", "date"),
        "day": ("ngày trong tháng", "day of the month"),
        "default": ("lựa chọn mặc định", "default option"),
        "description": ("mô tả", "description"),
        "detail": ("nội dung chi tiết", "detail"),
        "dimensions": ("các chỉ số chính", "dimensions"),
        "due": ("thời hạn", "deadline"),
        "event": ("sự kiện", "event"),
        "evidence": ("tài liệu kiểm chứng", "evidence"),
        "extends": ("bộ chỉ số gốc", "base framework"),
        "fact": ("số liệu dùng chung", "fact"),
        "format": ("định dạng tệp", "file format"),
        "id": ("định danh", "id"),
        "inferred": ("cơ sở suy ra điểm tối đa", "how the maximum was inferred"),
        "inputs": ("số liệu", "input"),
        "kind": ("loại", "kind"),
        "label": ("tên gọi", "label"),
        "lead": ("cơ quan chủ trì", "lead agencies"),
        "legal": ("căn cứ ban hành", "legal reference"),
        "legal_basis": ("cơ sở pháp lý", "legal basis"),
        "max_points": ("điểm tối đa", "maximum points"),
        "method": ("phương pháp", "method"),
        "month": ("tháng", "month"),
        "months": ("số tháng", "months"),
        "name": ("tên", "name"),
        "not_applicable": ("xử lý khi không phát sinh", "consequence of not applicable"),
        "note": ("ghi chú", "note"),
        "notes": ("ghi chú", "notes"),
        "options": ("lựa chọn", "option"),
        "personal": ("dữ liệu cá nhân", "personal data"),
        "policies": ("quy định chung", "policy"),
        "previous": ("điểm năm trước", "last year's points"),
        "printed": ("số in trong văn bản", "printed number"),
        "printed_max": ("điểm tối đa như in", "maximum as printed"),
        "printed_rule": ("cách tính điểm như in", "rule as printed"),
        "own_rule": ("quy tắc riêng của cơ quan vận hành", "rule of the operator's own"),
        "provider": ("cơ quan cung cấp số liệu", "provider"),
        "quarter": ("quý", "quarter"),
        "question": ("câu hỏi", "question"),
        "range": ("khoảng giá trị hợp lý", "plausible range"),
        "reason": ("lý do", "reason"),
        "rule": ("cách tính điểm", "rule"),
        "support": ("cơ quan phối hợp", "supporting agencies"),
        "target": ("yêu cầu của mức", "target of level"),
        "title": ("tên", "title"),
        "title_en": ("tên tiếng Anh", "English title"),
        "total": ("cách tính tổng điểm", "how the total is made"),
        "type": ("kiểu số liệu", "type"),
        "unit": ("đơn vị tính", "unit of measure"),
        "unit_kinds": ("loại đơn vị được đánh giá", "kinds of units"),
        "unscored": ("chưa chấm điểm", "unscored"),
        "valid_from": ("có hiệu lực từ", "valid from"),
        "valid_to": ("có hiệu lực đến", "valid to"),
        "version": ("phiên bản", "version"),
        "what": ("đối tượng đếm", "what is counted"),
        "within": ("phạm vi", "scope"),
        "year": ("năm", "year"),
    }
)

#: The language of a text that a file has in several.
IN_LANGUAGE = Phrases({"vi": ("tiếng Việt", "Vietnamese"), "en": ("tiếng Anh", "English")})
