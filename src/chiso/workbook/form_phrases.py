"""Words on a form, in both languages; the code is the key."""

from __future__ import annotations

from typing import Any

from chiso.phrases import Phrases

PHRASES = Phrases(
    {
        "guide": ("Hướng dẫn", "Guide"),
        "general": ("Thông tin chung", "General information"),
        "heading": ("BIỂU THU THẬP SỐ LIỆU", "FORM FOR FIGURES"),
        "legal": ("Văn bản {number}{date} của {issuer}: {title}.", "Document {number}{date}, {issuer}: {title}."),
        "legal_date": (" ngày {date}", " of {date}"),
        "for_unit": ("Đơn vị: {names}", "Unit: {names}"),
        "how": ("Cách ghi", "How to fill it in"),
        "how_1": (
            "Chỉ ghi vào các ô màu vàng nhạt. Các ô khác đã khóa để giữ cấu trúc biểu (không đặt mật khẩu).",
            "Write only in the pale yellow cells. The others are locked to keep the form together (without a "
            "password).",
        ),
        "how_2": (
            "Bắt đầu từ trang “{general}”. Số liệu dùng chung chỉ ghi một lần ở đó; ô màu xám ở các trang sau "
            "tự hiện lại.",
            "Start with the sheet “{general}”. Shared figures are written once, there; grey cells on later "
            "sheets show them.",
        ),
        "how_3": (
            "Chưa có số liệu thì để trống, không ghi 0. Số 0 nghĩa là có thống kê và kết quả bằng 0.",
            "Leave a figure that you do not have empty. Zero means that it was counted and is 0.",
        ),
        "how_4": (
            "Không phát sinh (không có đối tượng để đếm): ghi n/a và nêu lý do ở cột “{note}”.",
            "Where there is nothing to count, write n/a and say why in the column “{note}”.",
        ),
        "how_5": (
            "Tỷ lệ phần trăm ghi số từ 0 đến 100: ghi 50 nghĩa là 50 %. Số lượng ghi số nguyên.",
            "Write percentages as numbers from 0 to 100: 50 means 50 %. Counts are whole numbers.",
        ),
        "how_6": (
            "Ghi nguồn hoặc tài liệu kiểm chứng (số, ngày văn bản) và thời điểm của số liệu ở hai cột bên cạnh.",
            "Name the source or evidence (number, date) and the day of the figure in the columns beside it.",
        ),
        "how_7": (
            "Không đổi tên trang, không thêm hoặc xóa dòng, cột. Lưu ở dạng .xlsx và gửi lại tệp này.",
            "Do not rename sheets, nor add or delete rows or columns. Save as .xlsx and send the file back.",
        ),
        "how_units": (
            "Mỗi cột vàng nhạt là một đơn vị. Nguồn, thời điểm và ghi chú dùng chung cho các đơn vị trên cùng dòng.",
            "Each pale yellow column is a unit. Source, day and note hold for all units of a row.",
        ),
        "how_known": (
            "Ô đã điền sẵn là số liệu đã biết, có nguồn và thời điểm bên cạnh; kiểm tra và sửa lại nếu chưa đúng.",
            "Filled cells hold figures that are known already, with source and day; check them and mend what is wrong.",
        ),
        "progress": ("Tiến độ", "Progress"),
        "sheet": ("Trang", "Sheet"),
        "content": ("Nội dung", "Content"),
        "cells": ("Số ô cần ghi", "Cells to fill in"),
        "filled": ("Đã ghi", "Filled in"),
        "left": ("Còn lại", "Left"),
        "made": (
            "Bộ chỉ số {id}, phiên bản {version}, mã băm {hash}; lập bằng ChiSo {engine}.",
            "Framework {id}, version {version}, hash {hash}; made with ChiSo {engine}.",
        ),
        "unit_name": ("Tên đơn vị được đánh giá", "Name of the assessed unit"),
        "registered": ("Mức độ đăng ký", "Registered level"),
        "registered_note": (
            "Mức độ mà đơn vị đăng ký phấn đấu đạt; không bắt buộc.",
            "The level that the unit aims at; optional.",
        ),
        "assessing": ("Dành cho bên thẩm định", "For those who assess"),
        "assessing_hint": (
            "Đơn vị báo cáo để trống trang này: điểm quyết định và miễn trừ do bên thẩm định ghi.",
            "A reporting unit leaves this sheet empty: those who assess write decided points and exemptions.",
        ),
        "decided": (
            "Điểm quyết định khi đơn vị trả lời “Không thuộc trường hợp nào”",
            "Points decided where the unit answers that no printed case holds",
        ),
        "exemption": ("Miễn tiêu chí cho đơn vị", "Exemption of the unit from the criterion"),
        "exempt_peers_best": (
            "Miễn: nhận điểm cao nhất của các đơn vị khác",
            "Exempt: receives the highest points of the others",
        ),
        "exempt_full": ("Miễn: nhận điểm tối đa", "Exempt: receives the maximum"),
        "shared": ("Số liệu dùng chung cho nhiều tiêu chí", "Figures that several criteria share"),
        # Columns
        "no": ("TT", "No."),
        "information": ("Thông tin", "Information"),
        "provider": ("Cơ quan cung cấp", "Provider"),
        "used_by": ("Dùng cho tiêu chí", "Used by criteria"),
        "code": ("Mã", "Code"),
        "criterion": ("Tiêu chí, số liệu", "Criterion, figure"),
        "unit": ("Đơn vị tính", "Unit of measure"),
        "value": ("Số liệu", "Figure"),
        "source": ("Nguồn, tài liệu kiểm chứng", "Source, evidence"),
        "as_of": ("Thời điểm số liệu", "As of"),
        "note": ("Ghi chú, giải trình", "Note"),
        "explanation": ("Giải trình khi chưa có tài liệu kiểm chứng", "Explanation, where there is no evidence"),
        "max": ("Điểm tối đa", "Maximum"),
        "remarks": (
            "Ý kiến chưa giải quyết (để đọc; trả lời trên trang báo cáo)",
            "Open remarks (to read; answer in the report)",
        ),
        "rule": ("Cách tính điểm", "Rule"),
        "help": ("Phương pháp, căn cứ", "Method, basis"),
        "lead": ("Chủ trì", "Lead"),
        "support": ("Phối hợp", "Support"),
        "due": ("Thời hạn", "Due"),
        # Rows
        "dimension": ("{number}. {title}", "{number}. {title}"),
        "dimension_max": ("{number}. {title} (tối đa {max} điểm)", "{number}. {title} (at most {max} points)"),
        "optional": (" (không bắt buộc)", " (optional)"),
        "optional_share": (" (chỉ ghi khi không có các số trên)", " (only without the figures above)"),
        "asks_day": (
            " (ghi ngày thực hiện ở cột “{as_of}”)",
            " (write the day on which it was done in the column “{as_of}”)",
        ),
        "day": (
            "Ngày thực hiện, ví dụ 10/05/2024: từ ngày này tính ra còn được tính đến khi nào.",
            "The day on which it was done, such as 10/05/2024: it decides how long it counts.",
        ),
        "ask_choice": ("Trường hợp đúng với thực tế", "The case that holds"),
        "ask_days": ("Số ngày chậm (đúng hạn: 0)", "Days late (on time: 0)"),
        "ask_yes_no": ("Đã thực hiện hay chưa", "Whether it was done"),
        "level": ("- Mức {number} ({name}): {target}", "- Level {number} ({name}): {target}"),
        "targets": ("Yêu cầu của từng mức", "What each level asks"),
        "not_asked": ("Không cần ghi số liệu ở đây.", "No figure is needed here."),
        "from_general": ("Xem {general}", "See {general}"),
        "personal": ("Thông tin cá nhân, không công bố.", "Personal, never published."),
        "elsewhere": ("Ghi trên trang báo cáo, không ghi ở đây.", "Written on the page of the report, not here."),
        # Validation
        "none": ("Không phát sinh", "Không phát sinh"),
        "no_case": ("Không thuộc trường hợp nào", "Không thuộc trường hợp nào"),
        "or_no_case": (
            " Không thuộc trường hợp nào được in: ghi none và giải thích ở cột ghi chú.",
            " No printed case holds: write none and explain in the note.",
        ),
        "explain_no_case": (
            " Không thuộc trường hợp nào thì giải thích ở cột ghi chú.",
            " Where none holds, explain in the note.",
        ),
        "yes": ("Có", "Có"),
        "no_answer": ("Không", "Không"),
        "count": ("Số nguyên từ 0 trở lên.", "A whole number, 0 or more."),
        "number": ("Số từ 0 trở lên.", "A number, 0 or more."),
        "share": ("Số từ 0 đến 100 (50 nghĩa là 50 %).", "A number from 0 to 100 (50 means 50 %)."),
        "points": ("Số điểm từ 0 đến {most}.", "Points from 0 to {most}."),
        "choice": ("Chọn một dòng trong danh sách.", "Choose one line of the list."),
        "yes_no": ("Chọn Có hoặc Không.", "Choose Có (yes) or Không (no)."),
        "or_none": (" Không phát sinh: ghi n/a.", " Nothing to count: write n/a."),
        "refused": ("Giá trị chưa đúng", "Not accepted"),
    }
)


def phrase(code: str, lang: str, /, **data: Any) -> str:
    """Return the words for a code, filled with its data."""
    return PHRASES.text(code, lang, **data)
