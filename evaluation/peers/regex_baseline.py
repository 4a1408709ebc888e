"""The script that an analyst would write in an afternoon: regular expressions, no more."""

import re

from adapter import serve

ORG = re.compile(
    r"(?:国家|省|市|县|区|州|团)?(?:委)?[\u4e00-\u9fff]{1,14}?"
    r"(?:人民政府|政府办公室|政府办|办公室|管委会|委员会|集团|公司|银行|法院|检察院|海关|局|委|办|厅|部|院|会|处)"
    r"(?=[、，,；;。）)】\]\s等和及牵负配会]|$)"
)
TIME = re.compile(
    r"(?:\d{4}年)?(?:\d{1,2}|[一二三四五六七八九十元]{1,2})月(?:\d{1,2}日|底|末|份|上旬|中旬|下旬)?(?:前|之前|以前)?"
    r"|\d{4}年(?:底|末|年底|上半年|下半年)?(?:前|之前)?"
    r"|(?:年内|年底前?|年末前?|上半年|下半年|全年|今年|本年度|[一二三四]季度末?前?)"
    r"|每(?:年|半年|季度|月|周|日)(?:底前?|末|\d{1,2}日前?)?"
)
MONEY = re.compile(
    r"\d[\d,.]*(?:[—\-~至]\d[\d,.]*)?(?:万|亿|千|百|万亿)?(?:美|欧|日)?元(?:以上|以内|以下|左右)?"
)


def find(_, line):
    """Return organisations, times and money of a line."""
    spans = [(m.start(), m.end(), "ORG") for m in ORG.finditer(line)]
    spans += [(m.start(), m.end(), "TIME") for m in TIME.finditer(line)]
    return spans + [(m.start(), m.end(), "MONEY") for m in MONEY.finditer(line)]


if __name__ == "__main__":
    serve([], lambda: None, find)
