namespace Gavel.Packages.Statements;

/// <summary>What LaTeX commands stand for.</summary>
internal static class LatexTables
{
    /// <summary>Commands that are a piece of text.</summary>
    public static readonly Dictionary<string, string> Symbols = new()
    {
        ["%"] = "%", ["&"] = "&", ["_"] = "_", ["#"] = "#", ["$"] = "$", ["{"] = "{", ["}"] = "}", [" "] = " ", ["\n"] = " ", [","] = "\u2009", [";"] = "\u2005", [":"] = "\u2005",
        ["!"] = "", ["/"] = "", ["-"] = "\u00AD", ["@"] = "", ["quad"] = "\u2003", ["qquad"] = "\u2003\u2003", ["enspace"] = "\u2002", ["thinspace"] = "\u2009",
        ["ldots"] = "…", ["dots"] = "…", ["textellipsis"] = "…", ["textbackslash"] = "\\", ["backslash"] = "\\", ["textasciitilde"] = "~", ["textasciicircum"] = "^", ["textless"] = "<",
        ["textgreater"] = ">", ["textbar"] = "|", ["textunderscore"] = "_", ["textdollar"] = "$", ["textbraceleft"] = "{", ["textbraceright"] = "}", ["textquotesingle"] = "'",
        ["textquotedbl"] = "\"", ["textendash"] = "–", ["textemdash"] = "—", ["textbullet"] = "•", ["textdegree"] = "°", ["degree"] = "°", ["texteuro"] = "€", ["euro"] = "€",
        ["pounds"] = "£", ["copyright"] = "©", ["textregistered"] = "®", ["texttrademark"] = "™", ["S"] = "§", ["P"] = "¶", ["dag"] = "†", ["ddag"] = "‡", ["textmu"] = "µ",
        ["texttimes"] = "×", ["textrightarrow"] = "→", ["textleftarrow"] = "←", ["LaTeX"] = "LaTeX", ["TeX"] = "TeX", ["aa"] = "å", ["AA"] = "Å", ["ae"] = "æ", ["AE"] = "Æ",
        ["oe"] = "œ", ["OE"] = "Œ", ["o"] = "ø", ["O"] = "Ø", ["l"] = "ł", ["L"] = "Ł", ["ss"] = "ß", ["i"] = "ı", ["j"] = "ȷ", ["dh"] = "ð", ["th"] = "þ", ["guillemotleft"] = "«",
        ["guillemotright"] = "»", ["textquotedblleft"] = "“", ["textquotedblright"] = "”", ["lq"] = "‘", ["rq"] = "’", ["slash"] = "/",
    };

    /// <summary>
    /// Accents: the combining character, and the letters that have a character of their own with it, each followed by that character
    /// (the runtime composes none under invariant globalization).
    /// </summary>
    public static readonly Dictionary<string, (char Combining, string Composed)> Accents = new()
    {
        ["\""] = ('\u0308', "AÄEËHḦIÏOÖUÜWẄXẌYŸaäeëhḧiïoötẗuüwẅxẍyÿ"),
        ["'"] = ('\u0301', "AÁCĆEÉGǴIÍKḰLĹMḾNŃOÓPṔRŔSŚUÚWẂYÝZŹaácćeégǵiíkḱlĺmḿnńoópṕrŕsśuúwẃyýzź"),
        ["`"] = ('\u0300', "AÀEÈIÌNǸOÒUÙWẀYỲaàeèiìnǹoòuùwẁyỳ"),
        ["^"] = ('\u0302', "AÂCĈEÊGĜHĤIÎJĴOÔSŜUÛWŴYŶZẐaâcĉeêgĝhĥiîjĵoôsŝuûwŵyŷzẑ"),
        ["~"] = ('\u0303', "AÃEẼIĨNÑOÕUŨVṼYỸaãeẽiĩnñoõuũvṽyỹ"),
        ["="] = ('\u0304', "AĀEĒGḠIĪOŌUŪYȲaāeēgḡiīoōuūyȳ"),
        ["."] = ('\u0307', "AȦBḂCĊDḊEĖFḞGĠHḢIİMṀNṄOȮPṖRṘSṠTṪWẆXẊYẎZŻaȧbḃcċdḋeėfḟgġhḣmṁnṅoȯpṗrṙsṡtṫwẇxẋyẏzż"),
        ["c"] = ('\u0327', "CÇDḐEȨGĢHḨKĶLĻNŅRŖSŞTŢcçdḑeȩgģhḩkķlļnņrŗsştţ"),
        ["v"] = ('\u030C', "AǍCČDĎEĚGǦHȞIǏKǨLĽNŇOǑRŘSŠTŤUǓZŽaǎcčdďeěgǧhȟiǐjǰkǩlľnňoǒrřsštťuǔzž"),
        ["u"] = ('\u0306', "AĂEĔGĞIĬOŎUŬaăeĕgğiĭoŏuŭ"),
        ["H"] = ('\u030B', "OŐUŰoőuű"),
        ["r"] = ('\u030A', "AÅUŮaåuůwẘyẙ"),
        ["k"] = ('\u0328', "AĄEĘIĮOǪUŲaąeęiįoǫuų"),
        ["d"] = ('\u0323', "AẠBḄDḌEẸHḤIỊKḲLḶMṂNṆOỌRṚSṢTṬUỤVṾWẈYỴZẒaạbḅdḍeẹhḥiịkḳlḷmṃnṇoọrṛsṣtṭuụvṿwẉyỵzẓ"),
    };

    /// <summary>Commands that put their argument into an element.</summary>
    public static readonly Dictionary<string, (string Tag, string? Css)> Wrapping = new()
    {
        ["textbf"] = ("strong", null), ["emph"] = ("em", null), ["textit"] = ("em", null), ["textsl"] = ("em", null), ["texttt"] = ("code", null), ["t"] = ("code", null), ["bf"] = ("strong", null),
        ["it"] = ("em", null), ["tt"] = ("code", null), ["sl"] = ("em", null), ["underline"] = ("u", null), ["uline"] = ("u", null), ["sout"] = ("s", null), ["st"] = ("s", null),
        ["textsc"] = ("span", "sc"), ["sc"] = ("span", "sc"), ["textsuperscript"] = ("sup", null), ["textsubscript"] = ("sub", null), ["fbox"] = ("span", "boxed"), ["framebox"] = ("span", "boxed"),
        ["em"] = ("em", null), ["bfseries"] = ("strong", null), ["itshape"] = ("em", null), ["ttfamily"] = ("code", null), ["scshape"] = ("span", "sc"), ["slshape"] = ("em", null),
        ["tiny"] = ("span", "size-tiny"), ["scriptsize"] = ("span", "size-tiny"), ["footnotesize"] = ("span", "size-small"), ["small"] = ("span", "size-small"), ["large"] = ("span", "size-large"),
        ["Large"] = ("span", "size-large"), ["LARGE"] = ("span", "size-huge"), ["huge"] = ("span", "size-huge"), ["Huge"] = ("span", "size-huge"), ["lstinline"] = ("code", null), ["code"] = ("code", null),
    };

    /// <summary>Those of <see cref="Wrapping"/> that without a group after them last until the group they are in ends.</summary>
    public static readonly HashSet<string> Switches =
    [
        "bf", "it", "tt", "sl", "sc", "em", "bfseries", "itshape", "ttfamily", "scshape", "slshape", "tiny", "scriptsize", "footnotesize", "small", "large", "Large", "LARGE", "huge", "Huge",
    ];

    /// <summary>Commands whose argument is shown as it is.</summary>
    public static readonly HashSet<string> Transparent =
        ["mbox", "hbox", "text", "textrm", "textnormal", "textsf", "textup", "textmd", "makebox", "nolinkurl", "num", "ensuretext", "uppercase", "lowercase", "phantomsection", "protect", "centerline"];

    /// <summary>Commands that show nothing, with the number of their arguments.</summary>
    public static readonly Dictionary<string, int> Ignored = new()
    {
        ["noindent"] = 0, ["indent"] = 0, ["smallskip"] = 0, ["medskip"] = 0, ["bigskip"] = 0, ["newpage"] = 0, ["clearpage"] = 0, ["pagebreak"] = 0, ["centering"] = 0, ["raggedright"] = 0,
        ["raggedleft"] = 0, ["normalsize"] = 0, ["normalfont"] = 0, ["rm"] = 0, ["rmfamily"] = 0, ["sf"] = 0, ["sffamily"] = 0, ["mdseries"] = 0, ["upshape"] = 0, ["hfill"] = 0, ["vfill"] = 0,
        ["hfil"] = 0, ["sloppy"] = 0, ["fussy"] = 0, ["relax"] = 0, ["maketitle"] = 0, ["displaystyle"] = 0, ["nopagebreak"] = 0, ["nobreak"] = 0, ["allowbreak"] = 0, ["tabcolsep"] = 0,
        ["label"] = 1, ["vspace"] = 1, ["vspace*"] = 1, ["hspace"] = 1, ["hspace*"] = 1, ["vskip"] = 0, ["pagestyle"] = 1, ["thispagestyle"] = 1, ["usepackage"] = 1, ["documentclass"] = 1,
        ["selectlanguage"] = 1, ["setlength"] = 2, ["addtolength"] = 2, ["setcounter"] = 2, ["addtocounter"] = 2, ["color"] = 1, ["lstset"] = 1, ["graphicspath"] = 1, ["captionsetup"] = 1,
        ["setlist"] = 1, ["hyphenation"] = 1, ["phantom"] = 1, ["vphantom"] = 1, ["hphantom"] = 1, ["index"] = 1, ["title"] = 1, ["author"] = 1, ["date"] = 1, ["bibliographystyle"] = 1,
        ["renewcommand*"] = 2, ["arraystretch"] = 0, ["toprule"] = 0, ["midrule"] = 0, ["bottomrule"] = 0, ["hline"] = 0, ["itemsep"] = 0, ["parskip"] = 0, ["leavevmode"] = 0, ["null"] = 0,
    };

    /// <summary>Environments that are math as a whole.</summary>
    public static readonly HashSet<string> Math =
    [
        "math", "displaymath", "equation", "equation*", "align", "align*", "gather", "gather*", "multline", "multline*", "eqnarray", "eqnarray*", "alignat", "alignat*", "flalign", "flalign*",
    ];

    /// <summary>Headings and their level.</summary>
    public static readonly Dictionary<string, int> Headings = new()
    {
        ["chapter"] = 2, ["chapter*"] = 2, ["section"] = 2, ["section*"] = 2, ["subsection"] = 3, ["subsection*"] = 3, ["subsubsection"] = 4, ["subsubsection*"] = 4,
    };
}
