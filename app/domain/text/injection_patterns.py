"""What orders to a model look like, in Russian and English and, the plainest, in German, French and
Spanish: the rules of `injection`.

A space stands for up to three spaces or line breaks, "…" for a few words of the same sentence.
Every repetition is bounded, so that no text takes quadratic time. Single words prove nothing:
documents are full of instructions; a rule wants the word for the act and what it is done to.
Each is kept as narrow as real text asks for (tests/bench/injection_marks.py counts false marks).
"""

import re

#: Words of which a text must hold one, in small letters, before the rules are tried; and the rules.
Rules = tuple[tuple[str, ...], tuple[re.Pattern[str], ...]]


def _rules(words: str, *lines: str) -> Rules:
    spaced = [
        line.replace("…", r"(?:[^.!?\n]|\n(?!\n)){0,40}?").replace(" ", r"(?:\s{1,3})")
        for line in lines
    ]
    return tuple(words.split()), tuple(re.compile(line, re.IGNORECASE) for line in spaced)


_MODEL = r"(?:ai|llm|gpt|chat-?gpt|chat-?bot|language model|ai model|ai assistant)"
_MODEL_RU = r"(?:ии|нейросет\w*|чат-?бот\w*|языков\w+ модел\w*|gpt|llm)"
_PERSONA = (
    r"(?:pirate|assistant|ai|bot|chat-?bot|model|hacker|dan|persona|poet|translator|captain|clown)"
)
_PERSONA_RU = r"(?:пират|ассистент|бот|чат-?бот|хакер|нейросет|капитан|клоун|поэт|переводчик)\w*"
_SAY = r"(?:say|answer|reply|respond|state|claim|write|output|print|tell)"
#: The familiar form: documents of an office address nobody so.
_SAY_RU = r"(?:скажи|говори|ответь|отвечай|сообщи|сообщай|утверждай|пиши|напиши|называй)"
_ORDERS = r"(?:instruct\w*|prompts?|directions|directives?|guidelines|commands|context|passages?)"
_ORDERS_RU = (
    r"(?:инструкци|указани|подсказк|промпт|правил|команд|отрыв|контекст|распоряжени|сообщени)\w*"
)

#: Who is meant where a text is read by a program.
_READS = r"(?:process|read|summari[sz]e|index|analy[sz]e|digest)(?:e?s)?"
_READS_RU = r"(?:обрабатыва|чита|анализиру|пересказыва|индексиру)\w{2,6}"
_PAPER = r"(?:document|text|page|file|e-?mail|message)"
_PAPER_RU = r"(?:документ|текст|страниц|файл|письм|сообщени|отрывк)\w{0,4}"
_MUST = (
    r"(?:must|shall|ha(?:s|ve) to|(?:is|are) (?:required|obliged|instructed|ordered|expected) to)"
)
_MUST_RU = r"(?:обязан\w?|должен|должна|должны|надлежит|следует|необходимо|предписано|поручено)"
_TELLS = r"(?:state|say|answer|reply|respond|claim|quote|describe|output|print|write)"
_TELLS_RU = (
    r"(?:указ|сообщ|отве[тч]|говор|сказ|утвержд|назыв|назв|пис|напис|выве|вывод|привод|приве)\w+"
)
_DOES = (
    r"(?:forward|send|mail|reveal|include|add|append|attach|copy|write|mention|translate|replace|"
    r"stop|respond|repeat|summari[sz]e)"
)
_DOES_RU = (
    r"(?:перешли|отправь|пришли|вышли|добавь|вставь|приложи|покажи|раскрой|выведи|укажи|назови|"
    r"упомяни|переведи|замени|прекрати|повтори|перескажи|допиши)(?:те)?"
)

RULES: dict[str, Rules] = {
    "override": _rules(
        "ignor disregard forget override following given task vergiss vergessen oublie olvida "
        "игнорир забудь отбрось обращай следуй выполняй учит внимание данные задача",
        rf"\b(?:ignore|disregard|forget|override|do not follow|stop following)\b…"
        rf"\b(?:previous|prior|above|earlier|preceding|all|any|other|your|system)\b…\b{_ORDERS}\b",
        r"\b(?:ignore|disregard|forget) (?:everything|all|the text|what was said|whatever)…"
        r"\b(?:above|before|earlier|so far)\b",
        r"\b(?:forget|ignore)\b…\b(?:that )?you (?:have )?(?:read|were told|learned)\b",
        r"\b(?:(?:про)?игнорируй(?:те)?|забудь(?:те)?|отбрось(?:те)?|"
        r"не (?:обращай|следуй|выполняй)(?:те)?)\b…"
        r"\b(?:предыдущ|прежн|прошл|предшеств|вышеуказ|вышеизл|все|всё|люб|друг|сво|тво|системн)\w*"
        rf"…\b{_ORDERS_RU}",
        r"\b(?:(?:про)?игнорируй|забудь)(?:те)?\b…\b(?:выше|до этого|прочитал|прочёл|прочел)\w*",
        rf"\b{_ORDERS} (?:that )?(?:you (?:were|have been) given|given to you|you received)\b…"
        r"\b(?:no longer|void|lifted|withdrawn|cancelled|superseded|invalid)\b",
        rf"\byour (?:only|sole|new|real|actual) (?:remaining )?(?:task|job|duty|goal) is"
        rf" (?:now )?to {_TELLS}\b",
        r"\b(?:просьба|прошу|просим|следует|надлежит|необходимо|требуется)\b…"
        r"\b(?:не учитывать|не принимать во внимание|(?:про)?игнорировать|не выполнять)\b…"
        rf"\b(?:ранее|прежде|выше)\b…\b{_ORDERS_RU}",
        rf"\b(?:данные|полученные) (?:вам|тебе|вами|тобой)\b…\b{_ORDERS_RU}…"
        r"\b(?:утратил|отмен|недействит|не действ|больше не)\w*",
        rf"\b(?:ваша|твоя) (?:единственная|новая|настоящая) задача(?: теперь)?(?: —| -|:)?"
        rf" {_TELLS_RU}",
        r"\b(?:ignorier(?:e|en)|vergiss|vergessen)\b…\b(?:alle|alles|vorherig|bisherig|früher|obig|"
        r"vorangegangen)\w*…\b(?:anweisung|instruktion|vorgabe|befehl|oben|bisher|zuvor|gelesen)\w*",
        r"\b(?:ignore[rz]?|oublie[rz]?)\b…\b(?:instructions|consignes|directives|tout ce qui)\b…"
        r"\b(?:précédent|antérieur|ci-dessus|plus haut|avant)\w*",
        r"\b(?:ignor[ae]n?|olvid[ae]n?)\b…\b(?:instrucciones|indicaciones|órdenes|todo lo)\b…"
        r"\b(?:anterior|previ|arriba)\w*",
    ),
    "role": _rules(
        "you from теперь отныне момента говори отвечай пиши веди",
        rf"\byou are now (?:called|named|(?:an? |the |my )?(?:\w+ ){{0,2}}?{_PERSONA})\b",
        rf"\b(?:act|behave|speak|talk|write|respond|answer|reply|pretend)(?: to be)? (?:as|like)"
        rf" (?:an? |the )?{_PERSONA}\b",
        r"\bfrom now on,? (?:you )?(?:must |will |should |only |always ){0,2}"
        r"(?:answer|reply|respond|speak|talk|print|output)\b",
        rf"\b(?:теперь|отныне|с этого момента),? (?:ты|вы)\b(?: —)? (?:\w+ )?{_PERSONA_RU}",
        r"\b(?:теперь|отныне|с этого момента),? (?:ты )?(?:всегда |только |должен |обязан )?"
        r"(?:отвечай|отвечаешь|отвечать|пиши|пишешь|писать|говори|говоришь)\b",
        rf"\b(?:говори|отвечай|пиши|веди себя)(?:те)?,? (?:как|словно) {_PERSONA_RU}",
    ),
    "mark": _rules(
        "<| passage inst sys _turn> system> assistant>",
        r"<\|[a-z_ ]{2,24}\|>",
        r"<\s{0,4}/?\s{0,4}passage\b",
        r"\[/?INST\]|<</?SYS>>|</?(?:start|end)_of_turn>|</?(?:system|assistant)>",
    ),
    "system": _rules(
        "## system система системн",
        r"#{2,6} ?(?:instruction|system|response|assistant|инструкция|система|ассистент) ?:",
        r"\bsystem (?:note|message|prompt|override) ?:",
        r"\bсистемн(?:ое|ая|ый) (?:сообщение|подсказка|промпт|указание) ?:",
        rf"\bsystem: (?:you|ignore|disregard|{_SAY}|the passage|from now)\b",
        rf"\bсистема: (?:ты|игнор\w+|забудь|{_SAY_RU}|отрывок)\b",
    ),
    "dictated": _rules(
        "with word asked answer user passage document antwort répond respond "
        "скажи говори ответь отвечай сообщи утверждай пиши называй словом должен должна обязан "
        "должны верный единственн",
        r"\b(?:reply|answer|respond) (?:\w+ )?(?:only|just|exactly|solely) with\b",
        r"\b(?:reply|answer|respond|output|print) (?:only )?(?:with )?the (?:single )?word\b",
        rf"\b(?:if|when|whenever) (?:you (?:are asked|answer)|asked|answering|"
        rf"(?:the user|someone|anyone) asks)\b[^.!?\n]{{0,80}}?"
        rf"\b(?:always|only|just|must|you) (?:must )?{_SAY}\b",
        r"\b(?:tell|inform|convince) the user that\b",
        rf"\b{_SAY} that (?:the |these )?(?:documents?|passages?)…\b(?:not|no)\b",
        r"\b(?:ignore|disregard|forget)\b…\band (?:answer|reply|say|respond) (?:that|with)\b",
        r"\byou must (?:always )?(?:answer|reply|respond) (?:that|with|in \w+ only|only in)\b",
        r"\b(?:the )?only (?:valid|correct|right|permitted) answer is\b",
        r"\bantworte(?:n sie)? (?:\w+ )?(?:nur|ausschließlich|immer) (?:mit|auf|dass)\b",
        r"\brépond(?:s|ez|re) (?:\w+ )?(?:uniquement|seulement|toujours) (?:par|avec|en|que)\b",
        r"\brespond[ae]n? (?:sólo|solo|solamente|únicamente|siempre) (?:con|en|que)\b",
        rf"\b{_SAY_RU},? (?:\w+ )?(?:только|лишь|исключительно)\b",
        rf"\b{_SAY_RU}(?:те)? (?:\w+ )?словом\b",
        rf"\b{_SAY_RU},? что\b|\b(?:скажи|сообщи)(?:те)? пользовател\w+,? что\b",
        rf"\b(?:всегда|только|обязательно) {_SAY_RU}\b",
        r"\b(?:ты|вы) (?:должен|должна|обязан\w?|должны) (?:всегда )?"
        r"(?:ответить|отвечать|сказать),? что\b",
        r"\bединственн\w+ (?:верн|правильн|допустим)\w+ ответ\b",
        rf"\b{_SAY_RU}(?:те)?,?…\bв (?:документах|отрывках|источниках) нет"
        r" (?:ответа|сведений|информации)\b",
    ),
    "concealed": _rules(
        "instruct prompt passage directive orders "
        "указани инструкци подсказк промпт отрывк распоряжени",
        r"\b(?:do not|don't|never) (?:mention|reveal|disclose|repeat)\b…\b(?:this|these|your)"
        r" (?:\w+ )?(?:instructions?|prompts?|passages?|directives?|orders)\b",
        r"\b(?:reveal|print|show|repeat|output|leak) (?:me )?your"
        r" (?:\w+ )?(?:instructions|prompt)\b",
        r"\bне (?:упоминай|раскрывай|показывай|рассказывай)(?:те)?\b…\b(?:эт|сво|тво)\w{1,4}"
        r" (?:\w+ )?(?:указани|инструкци|подсказк|промпт|отрывк|распоряжени)\w*",
        r"\b(?:покажи|раскрой|выведи|повтори)(?:те)?(?: мне)? (?:сво|тво|системн)\w+"
        r" (?:\w+ )?(?:подсказк|промпт|инструкци|указани)\w*",
    ),
    "link": _rules(
        "link image picture url ссылк картинк изображени",
        r"\b(?:add|append|insert|include|put|end|finish)\b[^.!?\n]{0,50}"
        r"\b(?:link|image|picture|url)\b[^.!?\n]{0,80}"
        r"\b(?:every|each|your|all) (?:answer|repl|respon)",
        r"\b(?:end|finish|begin|start) (?:every|each|your|all) (?:answer|reply|response)\w*"
        r"[^.!?\n]{0,40}\b(?:link|image|picture|url)\b",
        r"\b(?:добав|встав|допи[сш]|заверш|заканчива)\w+[^.!?\n]{0,60}"
        r"\b(?:ответ\w*[^.!?\n]{0,60}\b(?:ссылк|картинк|изображени)|"
        r"(?:ссылк|картинк|изображени)\w*[^.!?\n]{0,60}\bответ)\w*",
        r"\bв (?:конце|начале) (?:каждого )?ответа[^.!?\n]{0,40}"
        r"\b(?:ссылк|картинк|изображени)\w*",
    ),
    "addressed": _rules(
        "ai llm gpt bot model assistant decode decrypt automat software program tool "
        "ии нейросет чатбот чат-бот модел ассистент помощник автомат программ систем",
        r"\b(?:note|instructions?|message|attention|reminder|command)s? (?:to|for)"
        rf" (?:the |any |all )?{_MODEL}\b",
        rf"\b(?:указани|инструкци|сообщени|примечани|команд|приказ)\w* для {_MODEL_RU}",
        rf"\b(?:{_MODEL}|assistant) ?[:,!]"
        rf" (?:you (?:must|are|should|will)|ignore|{_SAY}|do not|always)\b",
        rf"\b(?:{_MODEL_RU}|ассистент) ?[:,!] (?:ты|игнор\w+|не|всегда|{_SAY_RU})\b",
        rf"\b(?:{_MODEL}|assistant) ?[:,!] (?:please )?{_DOES}\b",
        rf"\b(?:{_MODEL_RU}|ассистент|помощник) ?[:,!] (?:пожалуйста, )?{_DOES_RU}\b",
        rf"\b(?:the|this|any|every) (?:{_MODEL}|assistant) {_MUST}\b…\b{_TELLS}\b",
        rf"\b(?:{_MODEL_RU}|ассистент) {_MUST_RU} (?:\w+ ){{0,3}}?{_TELLS_RU}",
        rf"\b(?:systems?|software|programs?|tools?|agents?) (?:that|which|when|to) {_READS}"
        rf" (?:this|the present) {_PAPER}\b",
        rf"\b(?:систем|программ|средств|алгоритм|агент)\w{{0,3}},? {_READS_RU}"
        rf" (?:этот?|эту|данн\w{{2}}|настоящ\w{{2,3}}) {_PAPER_RU}",
        r"\b(?:decode|decrypt)\b[^.!?\n]{0,40}\band (?:follow|execute|obey)\b",
    ),
}

#: How a sentence begins that goes on with the order before it.
CONTINUED = re.compile(
    r"(?:answer|reply|respond|say|output|print|write|always|never|do not|don't|instead|"
    r"(?:скажи|говори|ответь|отвечай|пиши|напиши|вместо|всегда|никогда)(?:те)?)\b",
    re.IGNORECASE,
)
#: Of an order whose letters stand apart, without the spaces.
SQUEEZED = re.compile(
    r"(?:ignore|disregard|forget).{0,40}(?:instruct|previous|prompt)|"
    r"(?:игнорир|забудь).{0,40}(?:инструк|указани|предыдущ)",
    re.IGNORECASE,
)
