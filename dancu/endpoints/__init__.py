"""How anything for other programs is declared, refused, paged, repeated and described: the one convention
that every module's endpoints keep (docs/api.md, docs/adding/endpoint.md).
"""
