/// Words that say little of what a text is about.
public enum StopWords {
  /// English articles, pronouns, prepositions, conjunctions, auxiliary verbs and the commonest
  /// adverbs, with what is left of contractions where the apostrophe ends a word ("don", "ll").
  public static let english = Set(
    """
    a about above across actually after again against ago all almost along already also although
    always am among an and another any anybody anyone anything anyway anywhere are aren around as
    ask at away
    back be became because become becomes been before behind being below beside besides better
    between both bring but by
    call came can cannot cant come comes coming could couldn
    did didn do does doesn doing don done dont down during
    each either else enough etc even ever every everybody everyone everything everywhere except
    far few find first for found from further
    gave get gets getting give given gives go goes going gone gonna good got
    had hadn hardly has hasn have haven having he hence her here hers herself hi him himself his how
    however
    ie if in indeed instead into is isn it its itself im ive
    just
    keep kept kind knew know known knows
    last lately later least less let lets like likely little ll long look lot lots
    made make makes making many may maybe me mean means might mine more moreover most mostly much
    must mustn my myself
    near nearly need needed needs neither never nevertheless next no nobody none nor not nothing now
    nowhere
    of off often oh ok okay old on once one ones only onto or other others otherwise ought our ours
    ourselves out over own
    part per perhaps please possible possibly probably put
    quite
    rather re really
    said same saw say saying says see seem seemed seems seen several shall she should shouldn since
    so some somebody somehow someone something sometime sometimes somewhat somewhere soon still
    stuff such sure
    take taken takes tell than thank thanks that thats the their theirs them themselves then there
    therefore these they thing things think this those though thought through thus till to together
    too took toward towards tried try trying two
    under unless until up upon us use used uses using usually
    various ve very via
    want wanted wants was wasn way we well went were weren what whatever when whenever where whereas
    wherever whether which while who whoever whole whom whose why will with within without won wont
    would wouldn
    yes yet you your yours yourself yourselves
    """.split(whereSeparator: \.isWhitespace).map(String.init))
}
