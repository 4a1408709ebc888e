"""A source file in small, for the examples of the documentation."""

EXAMPLE = """\
---
id: example-2024-shuili
title: 某县人民政府关于分解2024年水利任务的通知
issuer: 某县人民政府
level: county
year: 2024
issued_on: 2024-03-01
doc_number: null
subject: water
layouts: [bracket-after-heading]
width: full
---
某县人民政府关于分解2024年水利任务的通知

⟦H1 一、水利建设⟧
⟦T⟧1．推进灌区改造（⟦A.lead 县水利局⟧牵头，⟦A.resp=县财政局 财政局⟧负责）
⟦D 6月底前⟧⟦M{indicator=新建泵站;value=3;unit=座} 新建泵站3座⟧。⟦/T⟧
"""
