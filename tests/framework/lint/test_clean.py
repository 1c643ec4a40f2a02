"""A framework in which nothing is wrong has no findings: every kind of rule, column and section, all in order."""

from __future__ import annotations

import pytest

from chiso.framework.lint import lint
from chiso.framework.loader import load_text

POINTS = """
format: 1
id: clean-2023-district
version: "1.0"
title: {vi: Bộ chỉ số mẫu, en: Clean index}
legal: {number: 1/QĐ-UBND, year: 2023, issuer: UBND tỉnh, title: Bộ chỉ số mẫu}
unit_kinds: [district]
max_points: 110
deadlines:
  Đã hoàn thành: {kind: done}
  Quý IV năm 2024: {kind: quarter, quarter: 4, year: 2024}
general_information:
  - {no: "1", label: Tên địa phương}
  - {no: "2", label: Số lượng dân số, fact: population, provider: [Chi cục Thống kê]}
  - {no: "3", label: Số lượng xã, fact: communes, provider: [Phòng Nội vụ]}
  - {no: "", label: Thư điện tử, personal: true}
pillars:
  - {code: CQS, title: {vi: Chính quyền số, en: Government}, dimensions: ["1", "2"], max_points: 110}
  - {code: XHS, title: {vi: Xã hội số, en: Society}, dimensions: ["2"], max_points: 60}
printed_counts:
  - {what: dimensions, printed: 2, clause: Điều 5}
  - {what: criteria, printed: 9, clause: Điều 5}
  - {what: criteria, within: ["1"], printed: 5, clause: Điều 5}
  - {what: points, printed: 110, clause: Điều 5}
dimensions:
  - code: "1"
    title: Nhận thức số
    max_points: 50
    previous: 33.4
    criteria:
      - code: "1.1"
        title: Kế hoạch chuyển đổi số hằng năm
        max_points: 10
        previous: 5
        printed_rule: |-
          - Đã ban hành đúng hạn: Điểm tối đa
          - Ban hành trễ không quá 10 ngày: ½ * điểm tối đa
          - Ban hành trễ quá 10 ngày hoặc không ban hành: 0 điểm
        rule:
          kind: lateness
          lines:
            - {at_most: 0, share: 1, label: Đã ban hành}
            - {at_most: 10, share: 1/2, label: Ban hành trễ không quá 10 ngày}
          otherwise: {share: 0, label: Ban hành trễ quá 10 ngày hoặc không ban hành}
        lead: [Phòng Văn hóa và Thông tin]
        support: [Văn phòng HĐND và UBND]
        due: Quý IV năm 2024
      - code: "1.2"
        title: Tỷ lệ người dân được tập huấn kỹ năng số
        max_points: 10
        previous: 8.4
        printed_rule: |-
          a = Số người dân được tập huấn kỹ năng số;
          b = Tổng dân số;
          - Tỷ lệ = a/b
          - Điểm:
          + Tỷ lệ >= 80%: Điểm tối đa;
          + Tỷ lệ < 80%: Tỷ lệ/80% * Điểm tối đa
        inputs:
          - {name: a, label: Số người dân được tập huấn kỹ năng số, unit: person}
          - {name: b, fact: population}
        rule: {kind: ratio, numerator: a, denominator: b, full_at: 80%, part_of_whole: true}
        lead: [UBND các xã]
        due: Quý IV năm 2024
      - code: "1.3"
        title: Tần suất phát sóng chuyên mục riêng
        max_points: 10
        previous: 5
        printed_rule: |-
          - Từ 20 lần trở lên: Điểm tối đa
          - Từ 10 đến 19 lần: 1/2 * Điểm tối đa
          - Dưới 10 lần: 0 điểm
        inputs: [{name: n, label: Số lần phát sóng, unit: broadcast}]
        rule:
          kind: steps
          of: n
          unit: broadcast
          lines:
            - {at_least: 20, share: 1, label: Từ 20 lần trở lên}
            - {at_least: 10, share: 1/2, label: Từ 10 đến 19 lần}
          otherwise: {share: 0, label: Dưới 10 lần}
        lead: [UBND các xã]
        due: Quý IV năm 2024
      - code: "1.4"
        title: Có chuyên mục riêng
        max_points: 10
        previous: 10
        printed_rule: |-
          - Có: Điểm tối đa
          - Không: 0 điểm
        rule: {kind: choice, options: [{id: "yes", label: Có, share: 1}, {id: "no", label: Không, share: 0}]}
        lead: [UBND các xã]
        due: Đã hoàn thành
      - code: "1.5"
        title: Báo cáo định kỳ
        max_points: 10
        previous: 5
        printed_rule: |-
          - Báo cáo đầy đủ, kịp thời: Điểm tối đa
          - Đầy đủ nhưng chưa kịp thời: 50% điểm
          - Kịp thời nhưng chưa đầy đủ: 30% điểm
          - Chưa đầy đủ, chưa kịp thời: 0 điểm
        rule:
          kind: choice
          options:
            - {id: both, label: "Báo cáo đầy đủ, kịp thời", share: 1}
            - {id: complete, label: Đầy đủ nhưng chưa kịp thời, share: 1/2}
            - {id: in_time, label: Kịp thời nhưng chưa đầy đủ, share: 30%}
            - {id: neither, label: "Chưa đầy đủ, chưa kịp thời", share: 0}
        lead: [Văn phòng HĐND và UBND]
        due: Quý IV năm 2024
  - code: "2"
    title: Hoạt động
    max_points: 60
    previous: 41
    criteria:
      - code: "2.1"
        title: Cổng dữ liệu
        max_points: 20
        previous: 20
        lead: [Văn phòng HĐND và UBND]
        due: Đã hoàn thành
        criteria:
          - code: "2.1.1"
            title: Triển khai và kỹ thuật
            max_points: 10
            previous: 10
            printed_rule: |-
              1. Triển khai
              - Có: 1/2*Điểm tối đa
              - Không: 0 điểm
              2. Kỹ thuật
              - Có: 1/2*Điểm tối đa
              - Không: 0 điểm
            rule:
              kind: parts
              parts:
                - {label: Triển khai, share: 1/2, rule: {kind: yes_no, input: "#1", label: Có}}
                - {label: Kỹ thuật, share: 1/2, rule: {kind: yes_no, input: "#2", label: Có}}
          - code: "2.1.2"
            title: Số hoạt động có ứng dụng AI
            max_points: 10
            previous: 10
            printed_rule: |-
              - Mỗi hoạt động: 1 điểm
              - Tổng điểm không quá Điểm tối đa
            inputs: [{name: n, label: Số hoạt động có ứng dụng AI, type: count}]
            rule: {kind: per_item, of: n, points: 1}
      - code: "2.2"
        title: Tỷ lệ công chức chuyên trách
        max_points: 20
        previous: 3.5
        printed_rule: |-
          a = Số lượng công chức chuyên trách;
          b = Tổng số công chức, viên chức;
          - Tỷ lệ = a/b
          - Tính điểm theo phương pháp Min-Max dựa vào tỷ lệ a/b cao nhất thì điểm tối đa và giảm dần
        inputs:
          - {name: a, label: Số lượng công chức chuyên trách, unit: person}
          - {name: b, fact: civil_servants_and_public_employees}
        rule: {kind: min_max, of: a/b}
        lead: [Phòng Nội vụ]
        due: Quý IV năm 2024
      - code: "2.3"
        title: Mức độ triển khai các nền tảng
        max_points: 10
        previous: 7.5
        printed_rule: |-
          a = Số lượng nền tảng đã triển khai;
          b = Số lượng nền tảng tối thiểu (4);
          - Tỷ lệ = a/b
          - Điểm = Tỷ lệ*Điểm tối đa
        inputs: [{name: a, label: Số lượng nền tảng đã triển khai, unit: platform}]
        rule: {kind: count, of: a, target: 4}
        lead: [Phòng Văn hóa và Thông tin]
        due: Quý IV năm 2024
      - code: "2.4"
        title: Kinh phí giám sát
        max_points: 10
        previous: 10
        printed_rule: |-
          Mức 1: ≥ 2 tỷ: 100% điểm
          Mức 2: ≥ 1 tỷ: 70% điểm
          Mức 3: < 1 tỷ: 0% điểm
        inputs: [{name: n, label: Kinh phí giám sát, type: amount, unit: billion_vnd}]
        rule:
          kind: steps
          of: n
          unit: billion_vnd
          lines: [{at_least: 2, share: 1, label: "Mức 1: ≥ 2 tỷ"}, {at_least: 1, share: 70%, label: "Mức 2: ≥ 1 tỷ"}]
          otherwise: {share: 0, label: "Mức 3: < 1 tỷ"}
        lead: [Phòng Tài chính]
        due: Đã hoàn thành
"""

MATURITY = """
format: 1
id: clean-2024-commune
version: "1.0"
title: {vi: Khung mức độ mẫu, en: Clean maturity framework}
legal: {number: 2/QĐ-BTTTT, year: 2024, issuer: Bộ, title: Khung mẫu}
unit_kinds: [commune]
levels:
  - {number: 1, name: {vi: Khởi động, en: Start}, description: Mới bắt đầu}
  - {number: 2, name: {vi: Kết nối, en: Connected}, description: Đã kết nối}
printed_counts: [{what: criteria, printed: 3, clause: Mục II}]
dimensions:
  - code: I
    title: Chính quyền số
    criteria:
      - code: I.1
        title: Tỷ lệ người dân có hồ sơ sức khỏe điện tử
        rule: {kind: levels, value: share, targets: {1: 60%, 2: 60%}}
        method: Tỷ lệ phần trăm của số người dân có hồ sơ sức khỏe điện tử trên tổng số người dân
        legal_basis: [Quyết định số 411/QĐ-TTg]
      - code: I.2
        title: Có bố trí người làm công tác chuyên trách
        rule:
          kind: levels
          value: count
          targets: {1: {printed: Tối thiểu 01 nhân sự, at_least: 1}, 2: {printed: Tối thiểu 02 nhân sự, at_least: 2}}
        method: Địa phương có Quyết định phân công
        legal_basis: [Chỉ thị số 18/CT-TTg]
  - code: II
    title: Xã hội số
    criteria:
      - code: II.1
        title: Hệ thống camera giám sát
        rule: {kind: levels, value: yes_no, targets: {1: Không áp dụng, 2: {printed: Có hệ thống, has: true}}}
        method: Chính quyền có hệ thống
        legal_basis: [Thực tế tại địa phương]
"""


@pytest.mark.parametrize("text", [POINTS, MATURITY], ids=["points", "maturity"])
def test_a_framework_without_faults_has_no_findings(text: str) -> None:
    assert lint(load_text(text)) == []
