"""Words of a workbook of results, in both languages; the code is the key."""

from __future__ import annotations

from typing import Any

from chiso.phrases import Phrases

PHRASES = Phrases(
    {
        # Sheets
        "ranking": ("Xếp hạng", "Ranking"),
        "levels": ("Mức độ", "Levels"),
        "charts": ("Biểu đồ", "Charts"),
        "points": ("Điểm theo tiêu chí", "Points by criterion"),
        "reached": ("Mức theo tiêu chí", "Levels by criterion"),
        "values": ("Số liệu theo tiêu chí", "Figures by criterion"),
        "trouble": ("Thiếu và lỗi", "Missing and faulty"),
        "unmet": ("Chưa đạt", "Not met"),
        "hurdles": ("Vướng mắc chung", "Common hurdles"),
        "maxima": ("Thang điểm", "Maxima"),
        "basis": ("Căn cứ", "Basis"),
        # Above each table
        "after": ("Văn bản {number}{date} của {issuer}: {title}.", "Document {number}{date}, {issuer}: {title}."),
        "date": (" ngày {date}", " of {date}"),
        "computed": (
            "Kết quả tính từ số liệu được cung cấp, chưa phải kết quả công bố chính thức.",
            "Computed from the figures supplied; not an official publication.",
        ),
        "sample": (
            "SỐ LIỆU MẪU: có số liệu được đặt ra để minh họa.",
            "SAMPLE: some figures were made up as an illustration.",
        ),
        "provisional_units": (
            "TẠM TÍNH: {open} trên {all} đơn vị còn thiếu hoặc có lỗi số liệu.",
            "PROVISIONAL: figures of {open} of {all} units are missing or faulty.",
        ),
        "complete_units": ("Đủ số liệu của {all} đơn vị.", "The figures of all {all} units are complete."),
        # Columns
        "rank": ("Hạng", "Rank"),
        "unit": ("Đơn vị", "Unit"),
        "group": ("Nhóm xếp hạng", "Ranking group"),
        "total": ("Tổng điểm", "Total"),
        "max": ("Điểm tối đa", "Maximum"),
        "share": ("Tỷ lệ (%)", "Share (%)"),
        "class": ("Xếp loại", "Class"),
        "state": ("Tình trạng", "State"),
        "level": ("Mức đạt", "Level"),
        "registered": ("Mức đăng ký", "Registered"),
        "registered_met": ("Đạt mức đăng ký", "Registered met"),
        "registered_words": ("đăng ký mức {level}: {met}", "registered level {level}: {met}"),
        "met": ("đạt", "met"),
        "not_met": ("chưa đạt", "not met"),
        "forecast": (
            "Dự báo theo mức độ tự đánh giá của đơn vị cấp dưới",
            "Forecast by self-assessed levels of child units",
        ),
        "level_name": ("Tên mức", "Name"),
        "unmet_at": ("Mức {number}: số tiêu chí chưa đạt", "Level {number}: criteria not met"),
        "code": ("Mã", "Code"),
        "title": ("Tiêu chí", "Criterion"),
        "message": ("Lý do và cách xử lý", "Reason and remedy"),
        "target": ("Yêu cầu", "Target"),
        "now": ("Hiện tại", "Now"),
        "at_level": ("Mức", "Level"),
        "also_at": ("Các mức khác", "Also at"),
        "next_level": ("Mức tiếp theo", "Next level"),
        "highest": ("Đã ở mức cao nhất", "At the highest"),
        "lacking": ("Số tiêu chí còn vướng", "Criteria lacking"),
        "lacking_codes": ("Chưa đạt ở mức tiếp theo", "Not met at the next level"),
        "unknown_codes": ("Chưa có số liệu", "Without figures"),
        "hindered": ("Số đơn vị vướng ở mức tiếp theo", "Units it keeps from their next level"),
        "of_them": ("Trong đó chưa có số liệu", "Of them without figures"),
        "codes": ("Tiêu chí", "Criteria"),
        "missing_figures": (
            "Chưa có số liệu của {count} tiêu chí; chưa có số liệu không phải là 0.",
            "Figures of {count} criteria are missing, which is not the same as 0.",
        ),
        "lead": ("Chủ trì", "Lead"),
        "clause": ("Vị trí trong văn bản", "Clause"),
        "rule": ("Cách tính điểm", "Rule"),
        "printed": ("Ghi chú về điểm tối đa", "Remark on the maximum"),
        "headed": ("{number}. {title}\n({max})", "{number}. {title}\n({max})"),
        "headed_open": ("{number}. {title}", "{number}. {title}"),
        "mean": ("Trung bình (% điểm tối đa)", "Mean (% of the maximum)"),
        "part": ("Tỷ lệ (% điểm tối đa)", "Share (% of the maximum)"),
        "dimension": ("Nhóm tiêu chí", "Dimension"),
        "units": ("Số đơn vị", "Units"),
        # States
        "provisional": (
            "Tạm tính: còn {count} tiêu chí chưa có điểm",
            "Provisional: {count} criteria without points",
        ),
        "open": ("Tạm tính (còn {count})", "Provisional ({count} open)"),
        "complete": ("Đủ số liệu", "Complete"),
        "year": ("Năm báo cáo", "Reporting year"),
        "year_words": (
            "{year}; đơn vị không tồn tại vào ngày 31/12/{year} được tính nhưng không xếp hạng",
            "{year}; a unit that does not exist on 31 December {year} is scored but not ranked",
        ),
        "no_points": ("Chưa có số liệu", "No data"),
        "scored": ("có điểm", "scored"),
        "waiting": ("chờ", "waiting"),
        "missing": ("thiếu", "missing"),
        "not_applicable": ("không áp dụng", "not applicable"),
        "undecided": ("chờ quyết định", "to be decided"),
        "error": ("lỗi", "error"),
        "unscored": ("không chấm", "not scored"),
        "no_level": ("Chưa đạt mức nào", "None reached"),
        "met_levels": ("Đạt mức: {levels}", "Levels met: {levels}"),
        "no_target": ("chưa đạt", "not met"),
        "nothing": ("Không có.", "None."),
        "more": ("Còn {count} dòng khác không ghi ở đây.", "There are {count} more rows."),
        # Charts
        "chart_top": ("{unit} cao nhất: {points} điểm", "{unit} is highest: {points} points"),
        "chart_tie": ("{count} đơn vị cùng cao nhất: {points} điểm", "{count} units share the top: {points} points"),
        "chart_first": (" ({count} đơn vị đầu)", " (first {count} units)"),
        "chart_group": ("{group} – {title}", "{group}: {title}"),
        "chart_weak": (
            "Thấp nhất: {dimension}, {share} % điểm tối đa",
            "Lowest: {dimension}, {share} % of the maximum",
        ),
        "chart_level": (
            "{count} trên {all} đơn vị đạt mức {level}, mức nhiều đơn vị nhất",
            "{count} of {all} units are at level {level}, the most common",
        ),
        "chart_none": (
            "{count} trên {all} đơn vị chưa đạt mức nào",
            "{count} of {all} units have reached no level",
        ),
        "chart_unmet": ("Số tiêu chí {unit} chưa đạt ở từng mức", "Criteria that {unit} does not meet at each level"),
        "axis_units": ("số đơn vị", "units"),
        "axis_unmet": ("số tiêu chí", "criteria"),
        # Basis
        "framework": ("Bộ chỉ số", "Framework"),
        "document": ("Văn bản", "Document"),
        "id": ("Mã bộ chỉ số", "Framework id"),
        "version": ("Phiên bản", "Version"),
        "hash": ("Mã băm (SHA-256) của bộ chỉ số", "Hash (SHA-256) of the framework"),
        "engine": ("Tính bằng", "Computed with"),
        "count": ("Số đơn vị", "Units"),
        "rounding": ("Làm tròn", "Rounding"),
        "rounding_total": (
            "Tính chính xác bằng phân số; làm tròn nửa lên {decimals} chữ số thập phân khi hiển thị và xếp hạng.",
            "Computed exactly with fractions; rounded half up to {decimals} places for display and ranking.",
        ),
        "rounding_criterion": (
            "Điểm từng tiêu chí làm tròn nửa lên {decimals} chữ số thập phân, sau đó cộng.",
            "Points of each criterion are rounded half up to {decimals} places, then added.",
        ),
        "ties": ("Xếp hạng", "Ranking"),
        "ties_skip": (
            "Điểm bằng nhau cùng hạng, hạng sau bỏ qua (1, 2, 2, 4).",
            "Equal points share a rank and the next is skipped (1, 2, 2, 4).",
        ),
        "ties_dense": (
            "Điểm bằng nhau cùng hạng, hạng sau liền kề (1, 2, 2, 3).",
            "Equal points share a rank and the next follows (1, 2, 2, 3).",
        ),
        "by_share": (" Xếp theo tỷ lệ trên điểm tối đa áp dụng.", " By share of the maximum that applies."),
        "reading": ("Cách hiểu {id}", "Reading {id}"),
        "reading_default": ("{question} {option} (mặc định)", "{question} {option} (default)"),
        "reading_chosen": ("{question} {option} (được chọn)", "{question} {option} (chosen)"),
        "states": ("Các tình trạng", "States"),
        "states_words": (
            "“tạm tính (còn 3)”: ba tiêu chí chưa có kết quả; "
            "“thiếu”: chưa có số liệu, không phải 0 điểm; “không áp dụng”: đơn vị không có đối tượng để đếm; "
            "“lỗi”: số liệu "
            "sai; “chờ”: cần số liệu của đơn vị khác; “không chấm”: chỉ theo dõi.",
            "“provisional (3 open)”: three criteria have no result; "
            "“missing”: no figure, which is not 0 points; “not applicable”: the unit has nothing to count; "
            "“error”: a figure "
            "is wrong; “waiting”: needs figures of other units; “not scored”: followed only.",
        ),
        "totals": ("Tổng điểm tạm tính", "Provisional totals"),
        "totals_words": (
            "Tiêu chí chưa có điểm không cộng vào tổng nhưng vẫn tính trong điểm tối đa.",
            "A criterion without points adds nothing to the total but counts in the maximum.",
        ),
        "inferred": ("Văn bản để trống; suy ra: {reason}", "Blank in the document; inferred: {reason}"),
        "printed_as": ("Văn bản in: {text}", "Printed: {text}"),
        "item": ("Mục", "Item"),
        "content": ("Nội dung", "Content"),
        "why_missing": ("Chưa có số liệu: {label}.", "Missing: {label}."),
        "why_none": ("Đơn vị trả lời không phát sinh: {label}.", "The unit answers that this does not apply: {label}."),
        "why_faulty": ("Số liệu bị lỗi, cần sửa: {label}.", "Faulty, to be mended: {label}."),
        "yes": ("Có", "Yes"),
        "no": ("Không", "No"),
    }
)


def phrase(code: str, lang: str, /, **data: Any) -> str:
    """Return the words for a code, filled with its data."""
    return PHRASES.text(code, lang, **data)
