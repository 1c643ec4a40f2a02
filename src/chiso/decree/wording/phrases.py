"""Why a reading is not certain, in both languages."""

from __future__ import annotations

from chiso.phrases import Phrases

PHRASES = Phrases(
    {
        "not_understood": (
            "Chưa hiểu cách tính này. Giữ nguyên lời văn; nhập điểm bằng tay hoặc tự viết quy tắc.",
            "This wording is not understood. The words are kept; enter points by hand or write the rule yourself.",
        ),
        "left_over": (
            "Có lời văn chưa được tính đến. Xem phần còn lại và sửa quy tắc nếu cần.",
            "Some words are not accounted for. See what is left over, and mend the rule if needed.",
        ),
        "limit_assumed": (
            "Không ghi mức trần khi cộng các mục; lấy điểm tối đa. Kiểm tra văn bản.",
            "No limit is printed for the sum; the maximum is taken. Check the document.",
        ),
        "rounded": (
            "Văn bản làm tròn điểm; quy tắc tính điểm lẻ. Kiểm tra cách làm tròn của bộ chỉ số.",
            "The document rounds points; the rule does not. Check how the framework rounds.",
        ),
        "maximum_inferred": (
            "Không cho biết điểm tối đa; lấy {most}. Cho biết điểm tối đa của dòng.",
            "The maximum is not given; {most} is taken. Give the maximum of the row.",
        ),
        "maximum_differs": (
            "Lời văn nói điểm tối đa là {stated}, bảng ghi {most}. Kiểm tra văn bản.",
            "The wording states a maximum of {stated}, the table {most}. Check the document.",
        ),
        "exceeds": (
            "Có mức được {share} điểm tối đa, quá 100%. Kiểm tra số điểm của từng mức.",
            "A line gives {share} of the maximum, above 100%. Check the points of each line.",
        ),
        "worth_nothing": (
            "Có phần không được điểm nào. Kiểm tra số điểm của từng mức.",
            "A part gives no points at all. Check the points of each line.",
        ),
        "unreachable": (
            "Mức cao nhất chỉ được {share} điểm tối đa. Kiểm tra còn mức nào nữa không.",
            "The best line gives only {share} of the maximum. Check whether a line is missing.",
        ),
        "parts_exceed": (
            "Các phần cộng lại được {total} điểm tối đa, quá mức. Kiểm tra tỷ trọng từng phần.",
            "The parts add up to {total} of the maximum, too much. Check the share of each part.",
        ),
        "parts_miss": (
            "Các phần cộng lại chỉ được {total} điểm tối đa. Kiểm tra tỷ trọng từng phần.",
            "The parts add up to only {total} of the maximum. Check the share of each part.",
        ),
        "gap": (
            "Không nói gì về khoảng từ {low} đến {high}; tính như mức dưới. Kiểm tra các ngưỡng.",
            "Nothing is said between {low} and {high}; the lower line is taken. Check the bounds.",
        ),
        "between_exact": (
            "Chỉ ghi từng tỷ lệ, không ghi khoảng; giữa hai tỷ lệ tính như mức dưới. Kiểm tra văn bản.",
            "Only single ratios are printed, no ranges; between two the lower one is taken. Check the document.",
        ),
        "gap_at": (
            "Không nói gì về đúng {bound}; tính như mức dưới. Kiểm tra dấu bằng.",
            "Nothing is said about exactly {bound}; the lower line is taken. Check where equality belongs.",
        ),
        "shared_end": (
            "Đúng {bound} thuộc cả hai mức; tính mức trên. Kiểm tra dấu bằng.",
            "Exactly {bound} belongs to two lines; the upper one is taken. Check where equality belongs.",
        ),
        "overlap": (
            "Hai mức chồng nhau từ {low} đến {high}. Kiểm tra các ngưỡng.",
            "Two lines overlap between {low} and {high}. Check the bounds.",
        ),
        "later_is_better": (
            "Chậm hơn lại được nhiều điểm hơn. Kiểm tra các mức.",
            "Being later gives more points. Check the lines.",
        ),
        "contradiction": (
            "Các ngưỡng mâu thuẫn nhau. Kiểm tra văn bản rồi tự viết quy tắc.",
            "The bounds contradict each other. Check the document and write the rule yourself.",
        ),
        "nothing_below": (
            "Không nói gì về dưới mức thấp nhất ({bound}); tính 0 điểm. Kiểm tra văn bản.",
            "Nothing is said below the lowest bound ({bound}); 0 points are given. Check the document.",
        ),
        "nothing_above": (
            "Không nói gì về trên mức cao nhất ({bound}); tính như mức cao nhất. Kiểm tra văn bản.",
            "Nothing is said above the highest bound ({bound}); the highest line is taken. Check the document.",
        ),
        "rises_between": (
            "Không ghi điểm ở hai đầu khoảng nội suy; lấy điểm của mức dưới và mức trên. Kiểm tra văn bản.",
            "No points are printed at the ends of the interpolated range; the lines beside it give them. Check.",
        ),
        "jump": (
            "Điểm nhảy tại ngưỡng {bound}: công thức bên dưới không khớp với mức bên trên. Chọn cách hiểu.",
            "Points jump at {bound}: the formula below does not meet the line above. Choose a reading.",
        ),
        "turned_round": (
            "Tỷ lệ in ngược: tử số là tổng, mẫu số là phần. Đã đảo lại; kiểm tra chữ cái.",
            "The ratio is printed upside down: the whole above, the part below. It was turned; check the letters.",
        ),
        "ratio_assumed": (
            "Không in công thức tỷ lệ; lấy a/b. Kiểm tra tử số và mẫu số.",
            "No formula of the ratio is printed; a/b is taken. Check numerator and denominator.",
        ),
        "share_each": (
            "Chia {share} điểm tối đa cho từng việc liệt kê, để đạt được điểm tối đa. Kiểm tra văn bản.",
            "{share} of the maximum is given for each thing listed, so that all can be reached. Check the document.",
        ),
        "same_words": (
            "Hai mức có lời văn giống nhau. Kiểm tra văn bản.",
            "Two lines have the same words. Check the document.",
        ),
        "bounds_as_choice": (
            "Các ngưỡng không nói về cùng một số liệu; đơn vị tự chọn dòng đúng.",
            "The bounds do not speak of one figure; the unit picks the line that holds.",
        ),
        "others_decide": (
            "Dòng nào đúng còn tùy kết quả của đơn vị khác. Xếp xong mới chọn được; hoặc tự viết quy tắc.",
            "Which line holds depends on other units. Pick it once all are ranked, or write the rule yourself.",
        ),
        "points_of_others": (
            "Công thức dùng điểm có sẵn ({label}) mà không nói thang điểm. Kiểm tra thang điểm.",
            "The formula uses points from elsewhere ({label}) and states no scale. Check the scale.",
        ),
        "full_assumed": (
            "Không ghi số điểm; hiểu là đạt thì được điểm tối đa, không đạt thì 0 điểm. Kiểm tra văn bản.",
            "No points are printed; met is taken as the maximum, not met as 0. Check the document.",
        ),
        "nothing_else_said": (
            "Chỉ có một mức; trường hợp khác tính 0 điểm. Kiểm tra văn bản.",
            "Only one line is printed; everything else gets 0 points. Check the document.",
        ),
        "no_condition": (
            "Chỉ ghi số điểm, không ghi điều kiện. Nhập điểm bằng tay.",
            "Only points are printed, no condition. Enter points by hand.",
        ),
        "parts_or_choice": (
            "Không rõ các dòng cộng lại hay chỉ một dòng đúng. Chọn cách hiểu.",
            "It is unclear whether lines add up or only one holds. Choose a reading.",
        ),
        "formula_beside_lines": (
            "Có công thức đứng cạnh các mức mà không rõ dùng khi nào. Tự viết quy tắc.",
            "A formula stands beside lines and nothing says when it holds. Write the rule yourself.",
        ),
        "per_several": (
            "Tính theo mỗi {per}; phần lẻ cũng được tính theo tỷ lệ. Kiểm tra có làm tròn xuống không.",
            "Points are for every {per}; what is left over counts in proportion. Check whether it should be cut off.",
        ),
        "limit_of_bonus": (
            "Mức trần {limit} điểm thấp hơn điểm ban đầu; hiểu là trần của điểm cộng. Kiểm tra văn bản.",
            "The limit of {limit} points is below the base; it is taken as the limit of the bonus. Check the document.",
        ),
        "each_or_once": (
            "Hiểu là trừ hoặc cộng cho mỗi lần, không phải một lần. Kiểm tra văn bản.",
            "Taken as points for each one, not once. Check the document.",
        ),
        "ratio_to_bound": (
            "Tỷ lệ được hiểu là số liệu chia cho ngưỡng {bound}. Kiểm tra văn bản.",
            "The ratio is taken as the figure over the bound of {bound}. Check the document.",
        ),
        "two_figures": (
            "Các mức có thể nói về hai số liệu khác nhau. Kiểm tra văn bản.",
            "The lines may speak of two different figures. Check the document.",
        ),
        "nothing_to_count_assumed": (
            "Dòng không có số liệu được nhiều điểm; hiểu là không phát sinh, không phải 0. Kiểm tra văn bản.",
            "The line without a figure gives most; taken as having nothing to count, not as zero. Check the document.",
        ),
        "letters_unused": (
            "Quy tắc không dùng chữ {letters} mà lời văn có định nghĩa. Kiểm tra công thức.",
            "The rule does not use {letters}, which the wording defines. Check the formula.",
        ),
        "two_ratios": (
            "Có hai công thức tỷ lệ mà không rõ dùng cái nào. Tự viết quy tắc.",
            "Two formulas of a ratio are printed and nothing says which counts. Write the rule yourself.",
        ),
        "limit_of_lines": (
            "Có mức trần cho nhiều mức điểm mà không rõ cộng thế nào. Tự viết quy tắc.",
            "A limit is printed for several lines and nothing says how they add up. Write the rule yourself.",
        ),
        "base_assumed": (
            "Không nói điểm ban đầu; lấy điểm tối đa rồi trừ. Kiểm tra văn bản.",
            "No base is printed; the maximum is taken, less the deductions. Check the document.",
        ),
        "units_unclear": (
            "Không rõ đơn vị tính của số liệu. Ghi đơn vị tính.",
            "The units of measure of the figures are unclear. Write them down.",
        ),
        "number_unclear": (
            "Số {number} có thể là số thập phân hoặc hàng nghìn. Kiểm tra văn bản.",
            "The number {number} may be a decimal or thousands. Check the document.",
        ),
        "too_long": (
            "Lời văn dài quá {limit} ký tự, không phải một cách tính. Tách ra rồi thử lại.",
            "The wording is longer than {limit} characters and no scoring rule. Part it and try again.",
        ),
        "empty": (
            "Không in cách tính. Nhập điểm bằng tay.",
            "No scoring rule is printed. Enter points by hand.",
        ),
        "columns_unsure": (
            "Bảng in không có đường kẻ, chưa chắc chữ nào thuộc cột, dòng nào. Đối chiếu cả dòng với bản in.",
            "The table has no lines, and it is not certain which words belong to which column or row. Compare the row.",
        ),
        "digits_misread": (
            "Có chữ cái đứng chỗ chữ số (như “8O%”), đã đọc thành số. Đối chiếu các con số với bản in.",
            "Letters stand where digits belong (as in “8O%”) and were read as digits. Compare the numbers.",
        ),
        "changes_apart": (
            "Cột điểm cộng, điểm trừ đi cùng cách tính: người kiểm tra quyết định cách gộp.",
            "Columns of what is added and taken go with the rule: a person decides how they join.",
        ),
        "behind_name": (
            "Cách tính in ngay sau tên tiêu chí. Kiểm tra tên và quy tắc.",
            "The rule is printed right behind the name. Check name and rule.",
        ),
        "added_up": (
            "Các mục cộng điểm đúng bằng điểm tối đa; hiểu là cộng dồn, không phải chọn một. Kiểm tra văn bản.",
            "The additions make up the maximum; taken as added up, not as a choice. Check the document.",
        ),
        "other_scale": (
            "Điểm lấy từ nơi khác, theo thang {scale}, rồi quy đổi. Kiểm tra nguồn điểm và thang điểm.",
            "Points come from elsewhere, out of {scale}, and are converted. Check their source and their scale.",
        ),
        "nothing_at_all": (
            "Có trường hợp mất điểm toàn tiêu chí dù các phần khác vẫn đạt. Tự viết quy tắc.",
            "One case loses the points of the whole criterion, whatever the other parts. Write the rule yourself.",
        ),
        "deducted": (
            "Điểm trừ vào tổng điểm: tệp khung không tính được, bản nháp chỉ theo dõi. Trừ khi thẩm định.",
            "Taken from the total, which no framework file computes; only followed here. Deduct it in verification.",
        ),
        "general_rule": (
            "Tính theo quy tắc chung tại {clause}. Kiểm tra quy tắc có áp dụng cho dòng này không.",
            "Follows the general rule of {clause}. Check that it holds for this row.",
        ),
        "general_rule_may_hold": (
            "Có thể phải tính theo quy tắc chung tại {clause}. Đối chiếu rồi chọn cách tính.",
            "The general rule of {clause} may hold for this row. Compare, and choose.",
        ),
        "general_not_expressed": (
            "Quy tắc chung mà bản nháp chưa tính. Áp dụng khi thẩm định, hoặc sửa quy tắc của các dòng liên quan.",
            "A general rule that the draft does not compute. Apply it in verification, or mend the rules of its rows.",
        ),
        "general_contradicted": (
            "Văn bản có hai câu trái nhau về việc này; chưa lấy câu nào. Quyết định rồi ghi vào policies.",
            "Two sentences contradict each other; neither is taken. Decide, and write it into policies.",
        ),
        "rounding_where": (
            "Không nói rõ làm tròn điểm từng tiêu chí hay tổng điểm. Kiểm tra văn bản.",
            "It is not said whether each criterion or the total is rounded. Check the document.",
        ),
        "next_rank_unsaid": (
            "Không nói hạng tiếp theo là hạng nào; hiểu là bỏ qua hạng trùng (1, 2, 2, 4). Kiểm tra văn bản.",
            "The rank after equal ones is not said; taken as skipped (1, 2, 2, 4). Check the document.",
        ),
        "share_follows": (
            "Bỏ tiêu chí khỏi điểm tối đa thì phải xếp hạng theo tỷ lệ điểm. Kiểm tra văn bản.",
            "Where criteria are left out of the maximum, units have to be ranked by share. Check the document.",
        ),
        "other_reading": (
            "Cách hiểu khác của cùng lời văn.",
            "Another reading of the same words.",
        ),
    }
)


def phrase(code: str, lang: str, /, **data: object) -> str:
    """Return the sentence of a code in a language."""
    return PHRASES.text(code, lang, **data)
