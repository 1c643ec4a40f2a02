"""Wording of rules, in both languages; the codes name rule nodes and what their lines say."""

from __future__ import annotations

from chiso.phrases import Phrases

PHRASES = Phrases(
    {
        # Points and shares
        "points": ("{number} điểm", "{number} points"),
        "point": ("{number} điểm", "{number} point"),
        "worth": ("{points} ({share})", "{points} ({share})"),
        "maximum": ("điểm tối đa", "the maximum"),
        "maximum_share": ("{share} điểm tối đa", "{share} of the maximum"),
        "part": ("điểm tối đa của phần này", "the maximum of this part"),
        "part_share": ("{share} điểm tối đa của phần này", "{share} of the maximum of this part"),
        # Lines that several rules share
        "line": ("{condition}: {points}", "{condition}: {points}"),
        "opening": ("{condition}:", "{condition}:"),
        "printed": ("{condition} (văn bản ghi: “{label}”)", "{condition} (printed: “{label}”)"),
        "at_least": ("từ {bound} trở lên", "at least {bound}"),
        "above": ("trên {bound}", "above {bound}"),
        "at_most": ("không quá {bound}", "at most {bound}"),
        "below": ("dưới {bound}", "below {bound}"),
        "reaches": ("đạt {bound}", "{bound}"),
        "otherwise": ("các trường hợp còn lại", "otherwise"),
        "measure": ("{number} {unit}", "{number} {unit}"),
        "legend": ("Trong đó:", "Where:"),
        "letter": ("{name} = {label}", "{name} = {label}"),
        "letter_unit": ("{name} = {label} (đơn vị tính: {unit})", "{name} = {label} (unit: {unit})"),
        # Rules
        "choice": ("Chọn phương án đúng với thực tế:", "Choose the option that holds:"),
        "yes_no": ("Có: {points}; không: 0 điểm.", "Yes: {points}; no: 0 points."),
        "yes_no_part": (
            "{label}: có được {points}, không được 0 điểm",
            "{label}: yes gives {points}, no gives 0 points",
        ),
        "ratio": ("Điểm = {ratio} × {full}.", "Points = {ratio} × {full}."),
        "ratio_full_at": (
            "Điểm = {ratio} ÷ {full_at} × {full}; từ {full_at} trở lên được điểm tối đa.",
            "Points = {ratio} ÷ {full_at} × {full}; from {full_at} on the maximum is given.",
        ),
        "part_of_whole": (
            "{part} là một phần của {whole} nên không được lớn hơn {whole}.",
            "{part} is counted within {whole} and cannot be above it.",
        ),
        "capped": ("Điểm không vượt quá {full}.", "The points never exceed {full}."),
        "steps": (
            "Xét {formula}, áp dụng dòng đầu tiên phù hợp:",
            "By {formula}, the first line that holds counts:",
        ),
        "count": (
            "Điểm = {formula} ÷ {target} × {full}; từ {target} trở lên được điểm tối đa.",
            "Points = {formula} ÷ {target} × {full}; from {target} on the maximum is given.",
        ),
        "per_item": (
            "Điểm = {formula} × {each}, không quá {full}.",
            "Points = {formula} × {each}, at most {full}.",
        ),
        "parts": (
            "Điểm là tổng điểm của các phần sau, mỗi phần không vượt quá điểm tối đa của phần đó:",
            "The points of these parts are added up, each at most its own maximum:",
        ),
        "part_opening": ("{label}: tối đa {points}", "{label}: at most {points}"),
        "lateness": ("Xét số ngày chậm so với thời hạn:", "By the days of delay:"),
        "on_time": ("đúng hạn", "on time"),
        "late": ("chậm không quá {days} ngày", "at most {days} days late"),
        "late_day": ("chậm không quá {days} ngày", "at most {days} day late"),
        "later": ("chậm hơn nữa hoặc không thực hiện", "later, or not done"),
        "min_max": (
            "Điểm = (x − thấp nhất) ÷ (cao nhất − thấp nhất) × {full}, với x = {formula}.",
            "Points = (x − lowest) ÷ (highest − lowest) × {full}, where x = {formula}.",
        ),
        "share_of_best": (
            "Điểm = x ÷ cao nhất × {full}, với x = {formula}.",
            "Points = x ÷ highest × {full}, where x = {formula}.",
        ),
        "peers": (
            "So với mọi đơn vị cùng nhóm xếp hạng, kể cả đơn vị này; nếu tất cả bằng nhau thì được điểm tối đa.",
            "Among all units of the ranking group, this one included; if all are equal the maximum is given.",
        ),
        "relative_given": (
            "Điểm = {formula} ÷ giá trị tham chiếu × {full}, không quá {full}.",
            "Points = {formula} ÷ reference value × {full}, at most {full}.",
        ),
        "reference": (
            "Giá trị tham chiếu là {given}, dùng chung cho mọi đơn vị.",
            "The reference value, the same for all units, is: {given}.",
        ),
        "best_of": ("Lấy điểm của trường hợp cao nhất:", "The case that gives most counts:"),
        "base": ("Điểm ban đầu:", "The base:"),
        "bonus": ("cộng {points} × {formula} ({label})", "plus {points} × {formula} ({label})"),
        "deduction": ("trừ {points} × {formula} ({label})", "minus {points} × {formula} ({label})"),
        "limited": ("{adjustment}, tối đa {points}", "{adjustment}, at most {points}"),
        "kept": (
            "Kết quả không thấp hơn {floor} và không cao hơn {ceiling}.",
            "The result is kept between {floor} and {ceiling}.",
        ),
        "survey": (
            "Điểm = trung bình trọng số của các câu trả lời × {full}:",
            "Points = mean weight of all answers × {full}:",
        ),
        "answer": ("{label} ({name}): trọng số {weight}", "{label} ({name}): weight {weight}"),
        "sum": (
            "Điểm là tổng điểm của các tiêu chí con: {codes}.",
            "The points of the sub-criteria are added up: {codes}.",
        ),
        "manual": (
            "Văn bản không quy định cách tính; điểm được chấm và nhập trực tiếp, từ 0 đến {full}.",
            "The document prints no rule; points are entered, from 0 to {full}.",
        ),
        "manual_open": (
            "Văn bản không quy định cách tính; điểm được chấm và nhập trực tiếp.",
            "The document prints no rule; points are entered.",
        ),
        "unscored": ("Chỉ theo dõi, chưa chấm điểm.", "Followed, not scored yet."),
        "unscored_rule": (
            "Chỉ theo dõi, chưa chấm điểm. Cách tính in trong văn bản:",
            "Followed, not scored yet. The printed rule:",
        ),
        # Maturity levels
        "levels_share": (
            "Báo cáo tỷ lệ phần trăm; yêu cầu của từng mức:",
            "A percentage is reported; each level asks for:",
        ),
        "levels_ratio": (
            "Báo cáo tỷ lệ phần trăm hoặc tính từ {ratio}; yêu cầu của từng mức:",
            "A percentage is reported or computed as {ratio}; each level asks for:",
        ),
        "counts_for_calendar_years": (
            "Tử số được tính trong {count} năm dương lịch, kể từ năm thực hiện; ngày thực hiện ghi ở thời điểm (as_of) "
            "của tử số, ngày đánh giá ở thời điểm của mẫu số (bỏ trống: ngày cuối năm báo cáo)",
            "The numerator counts for {count} calendar years, from that in which it was done; that day is its as_of, "
            "the day of the assessment the as_of of the denominator (left empty: the last day of the reporting year)",
        ),
        "counts_for_months": (
            "Tử số được tính trong {count} tháng kể từ ngày thực hiện; ngày thực hiện ghi ở thời điểm (as_of) của tử "
            "số, ngày đánh giá ở thời điểm của mẫu số (bỏ trống: ngày cuối năm báo cáo)",
            "The numerator counts for {count} months from the day it was done; that day is its as_of, the day of the "
            "assessment the as_of of the denominator (left empty: the last day of the reporting year)",
        ),
        "levels_count": ("Báo cáo số lượng; yêu cầu của từng mức:", "A number is reported; each level asks for:"),
        "levels_yes_no": (
            "Báo cáo có hoặc không; yêu cầu của từng mức:",
            "Yes or no is reported; each level asks for:",
        ),
        "levels_children": (
            "Xét mức độ đã đạt của các đơn vị cấp dưới; yêu cầu của từng mức:",
            "By the levels that the child units have reached; each level asks for:",
        ),
        "level": ("Mức {number} ({name}): {target}", "Level {number} ({name}): {target}"),
        "not_applied": ("không áp dụng", "does not apply"),
        "has": ("có", "yes"),
        "all_of_total": ("bằng toàn bộ ({name})", "all of them ({name})"),
        "children_all": ("tất cả đạt từ mức {level} trở lên", "all of them at level {level} or above"),
        "children_share": (
            "tất cả đạt từ mức {level} trở lên, trong đó ít nhất {share} đạt từ mức {higher} trở lên",
            "all of them at level {level} or above, and at least {share} at level {higher} or above",
        ),
        "or": (" hoặc ", " or "),
        "cumulative": (
            "Đạt một mức khi đạt cả các mức thấp hơn.",
            "A level is reached only together with all lower levels.",
        ),
        # What follows where there is nothing to count
        "own_rule": (
            "Quy tắc riêng của cơ quan vận hành, không phải của văn bản:",
            "A rule of the operator's own, not of the document:",
        ),
        "na_full": ("Không phát sinh: được điểm tối đa.", "Nothing to count: the maximum is given."),
        "na_leave_out": (
            "Không phát sinh: không tính tiêu chí này vào tổng điểm và điểm tối đa.",
            "Nothing to count: the criterion is left out of the total and of the maximum.",
        ),
        "na_leave_out_level": (
            "Không phát sinh: không xét tiêu chí này.",
            "Nothing to count: the criterion is not considered.",
        ),
    }
)
