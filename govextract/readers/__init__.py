"""Files to `SourceDocument`: one text, fixed here, and the blocks and tables it is made of."""
