<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru" sourcelanguage="en">
<context>
    <name>ActBar</name>
    <message>
        <source>Previous page</source>
        <translation>Предыдущая страница</translation>
    </message>
    <message>
        <source>PgUp</source>
        <translation>PgUp</translation>
    </message>
    <message>
        <source>Next page</source>
        <translation>Следующая страница</translation>
    </message>
    <message>
        <source>PgDn</source>
        <translation>PgDn</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>Мельче</translation>
    </message>
    <message>
        <source>Ctrl+−</source>
        <translation>Ctrl+−</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>Крупнее</translation>
    </message>
    <message>
        <source>Ctrl++</source>
        <translation>Ctrl++</translation>
    </message>
    <message>
        <source>Find in the document</source>
        <translation>Найти в документе</translation>
    </message>
    <message>
        <source>Ctrl+F</source>
        <translation>Ctrl+F</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Копировать</translation>
    </message>
    <message>
        <source>Ctrl+C</source>
        <translation>Ctrl+C</translation>
    </message>
    <message>
        <source>Open the original…</source>
        <translation>Открыть оригинал…</translation>
    </message>
    <message>
        <source>Open in a window of its own</source>
        <translation>Открыть в отдельном окне</translation>
    </message>
    <message>
        <source>p. %1 of %2</source>
        <translation>стр. %1 из %2</translation>
    </message>
</context>
<context>
    <name>AdapterField</name>
    <message>
        <source>Adapter</source>
        <translation>Адаптер</translation>
    </message>
    <message>
        <source>No adapter fits the model in use.</source>
        <translation>К используемой модели нет адаптеров.</translation>
    </message>
    <message>
        <source>One more adapter…</source>
        <translation>Ещё один адаптер…</translation>
    </message>
    <message>
        <source>As switched on in Models</source>
        <translation>Как включено в «Моделях»</translation>
    </message>
    <message>
        <source>%1 (of another model)</source>
        <translation>%1 (от другой модели)</translation>
    </message>
    <message>
        <source>Deleted adapter</source>
        <translation>Удалённый адаптер</translation>
    </message>
</context>
<context>
    <name>AdapterHead</name>
    <message>
        <source>Pause</source>
        <extracomment>Narrower than this the name needs the room of the base's chip.</extracomment>
        <translation>Пауза</translation>
    </message>
    <message>
        <source>Stores a checkpoint and frees the memory; the chat can answer meanwhile</source>
        <translation>Сохраняет контрольную точку и освобождает память; чат тем временем может отвечать</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Продолжить</translation>
    </message>
    <message>
        <source>Goes on from the last checkpoint</source>
        <translation>Продолжает с последней контрольной точки</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Остановить</translation>
    </message>
    <message>
        <source>Keep the best so far, or drop what was learned</source>
        <translation>Сохранить лучшее на сейчас или отбросить выученное</translation>
    </message>
    <message>
        <source>Train anew</source>
        <translation>Обучить заново</translation>
    </message>
    <message>
        <source>Change examples or settings, and start again</source>
        <translation>Изменить примеры или настройки и начать снова</translation>
    </message>
    <message>
        <source>Train anew, rename or delete</source>
        <translation>Обучить заново, переименовать или удалить</translation>
    </message>
    <message>
        <source>unknown model</source>
        <translation>неизвестная модель</translation>
    </message>
    <message>
        <source>The model that it was or will be trained from</source>
        <translation>Модель, от которой он обучается</translation>
    </message>
</context>
<context>
    <name>AdapterList</name>
    <message>
        <source>ADAPTERS</source>
        <translation>АДАПТЕРЫ</translation>
    </message>
    <message>
        <source>Adapters</source>
        <translation>Адаптеры</translation>
    </message>
    <message>
        <source>Train a new one</source>
        <translation>Обучить новый</translation>
    </message>
    <message>
        <source>Train the chat model on your style (Ctrl+N)</source>
        <translation>Научить модель чата вашему стилю (Ctrl+N)</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>Загрузить…</translation>
    </message>
    <message>
        <source>An adapter from a file; it may also be dropped here</source>
        <translation>Адаптер из файла; файл можно и перетащить сюда</translation>
    </message>
    <message>
        <source>Train a new one from these examples</source>
        <translation>Обучить новый на этих примерах</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Выгрузить…</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>Переименовать…</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Удалить…</translation>
    </message>
</context>
<context>
    <name>AdapterRow</name>
    <message>
        <source>Take %1 away</source>
        <translation>Убрать %1</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>Сила</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Выключен</translation>
    </message>
    <message>
        <source>Twice as strong as trained</source>
        <translation>Вдвое сильнее обученного</translation>
    </message>
    <message>
        <source>1 is as strong as it was trained; more changes the style more.</source>
        <translation>1 — так, как адаптер обучен; больше — сильнее меняет стиль.</translation>
    </message>
    <message>
        <source>Strength of %1</source>
        <translation>Сила: %1</translation>
    </message>
</context>
<context>
    <name>AddingNews</name>
    <message numerus="yes">
        <source>%n file(s) could not be read.</source>
        <translation>
            <numerusform>Не удалось прочитать %n файл.</numerusform>
            <numerusform>Не удалось прочитать %n файла.</numerusform>
            <numerusform>Не удалось прочитать %n файлов.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) were taken off the list; what was read stays.</source>
        <translation>
            <numerusform>%n файл снят с очереди; прочитанное остаётся.</numerusform>
            <numerusform>%n файла сняты с очереди; прочитанное остаётся.</numerusform>
            <numerusform>%n файлов сняты с очереди; прочитанное остаётся.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AddingStrip</name>
    <message>
        <source>Cancel</source>
        <translation>Отменить</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Продолжить</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Пауза</translation>
    </message>
    <message>
        <source>Preparing…</source>
        <translation>Подготовка…</translation>
    </message>
    <message>
        <source>Indexing: %1 of %2 files</source>
        <translation>Индексация: %1 из %2 файлов</translation>
    </message>
    <message numerus="yes">
        <source>Paused: %n file(s) wait.</source>
        <translation>
            <numerusform>Пауза: ждёт %n файл.</numerusform>
            <numerusform>Пауза: ждут %n файла.</numerusform>
            <numerusform>Пауза: ждут %n файлов.</numerusform>
        </translation>
    </message>
    <message>
        <source>They are read when you resume, also after a restart.</source>
        <translation>Чтение продолжится по вашей команде, в том числе после перезапуска.</translation>
    </message>
    <message>
        <source>less than a minute left</source>
        <translation>осталось меньше минуты</translation>
    </message>
    <message numerus="yes">
        <source>about %n minute(s) left</source>
        <translation>
            <numerusform>осталась примерно %n минута</numerusform>
            <numerusform>осталось примерно %n минуты</numerusform>
            <numerusform>осталось примерно %n минут</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n hour(s) left</source>
        <translation>
            <numerusform>остался примерно %n час</numerusform>
            <numerusform>осталось примерно %n часа</numerusform>
            <numerusform>осталось примерно %n часов</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AdministrationPage</name>
    <message>
        <source>Profiles</source>
        <translation>Профили</translation>
    </message>
    <message>
        <source>Collections and access</source>
        <translation>Коллекции и доступ</translation>
    </message>
    <message>
        <source>Policies</source>
        <translation>Политики</translation>
    </message>
    <message>
        <source>Backups</source>
        <translation>Резервные копии</translation>
    </message>
    <message>
        <source>Statistics</source>
        <translation>Статистика</translation>
    </message>
    <message>
        <source>Proof</source>
        <translation>Доказательства</translation>
    </message>
    <message>
        <source>Other programs</source>
        <translation>Другие программы</translation>
    </message>
    <message>
        <source>Department</source>
        <translation>Отдел</translation>
    </message>
    <message>
        <source>Audit log</source>
        <translation>Журнал</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>Хранилище</translation>
    </message>
</context>
<context>
    <name>AdministrationWords</name>
    <message>
        <source>Administrator</source>
        <translation>Администратор</translation>
    </message>
    <message>
        <source>Editor</source>
        <translation>Редактор</translation>
    </message>
    <message>
        <source>Reader</source>
        <translation>Читатель</translation>
    </message>
    <message>
        <source>Logged in</source>
        <translation>Вход</translation>
    </message>
    <message>
        <source>Wrong passwords before</source>
        <translation>До этого неверные пароли</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Отказано</translation>
    </message>
    <message>
        <source>Profile created</source>
        <translation>Профиль создан</translation>
    </message>
    <message>
        <source>Profile deleted</source>
        <translation>Профиль удалён</translation>
    </message>
    <message>
        <source>Role changed</source>
        <translation>Роль изменена</translation>
    </message>
    <message>
        <source>Password changed</source>
        <translation>Пароль изменён</translation>
    </message>
    <message>
        <source>Recovery key used</source>
        <translation>Использован ключ восстановления</translation>
    </message>
    <message>
        <source>New recovery key</source>
        <translation>Новый ключ восстановления</translation>
    </message>
    <message>
        <source>Collection created</source>
        <translation>Коллекция создана</translation>
    </message>
    <message>
        <source>Collection renamed</source>
        <translation>Коллекция переименована</translation>
    </message>
    <message>
        <source>Collection deleted</source>
        <translation>Коллекция удалена</translation>
    </message>
    <message>
        <source>Access given</source>
        <translation>Доступ открыт</translation>
    </message>
    <message>
        <source>Access taken away</source>
        <translation>Доступ закрыт</translation>
    </message>
    <message>
        <source>Document added</source>
        <translation>Документ добавлен</translation>
    </message>
    <message>
        <source>Document removed</source>
        <translation>Документ удалён</translation>
    </message>
    <message>
        <source>Document exported</source>
        <translation>Документ выгружен</translation>
    </message>
    <message>
        <source>Document printed</source>
        <translation>Документ напечатан</translation>
    </message>
    <message>
        <source>Document moved</source>
        <translation>Документ перемещён</translation>
    </message>
    <message>
        <source>Question answered</source>
        <translation>Ответ на вопрос</translation>
    </message>
    <message>
        <source>Conversation exported</source>
        <translation>Беседа выгружена</translation>
    </message>
    <message>
        <source>Conversation imported</source>
        <translation>Беседа загружена</translation>
    </message>
    <message>
        <source>Summaries exported</source>
        <translation>Сводки выгружены</translation>
    </message>
    <message>
        <source>Audit log exported</source>
        <translation>Журнал выгружен</translation>
    </message>
    <message>
        <source>Statistics exported</source>
        <translation>Статистика выгружена</translation>
    </message>
    <message>
        <source>Policy set</source>
        <translation>Политика задана</translation>
    </message>
    <message>
        <source>Old conversations deleted</source>
        <translation>Старые беседы удалены</translation>
    </message>
    <message>
        <source>Training started</source>
        <translation>Обучение начато</translation>
    </message>
    <message>
        <source>Training finished</source>
        <translation>Обучение закончено</translation>
    </message>
    <message>
        <source>Training removed</source>
        <translation>Обучение удалено</translation>
    </message>
    <message>
        <source>Adapter exported</source>
        <translation>Адаптер выгружен</translation>
    </message>
    <message>
        <source>Adapter imported</source>
        <translation>Адаптер загружен</translation>
    </message>
    <message>
        <source>Signature accepted</source>
        <translation>Подпись принята</translation>
    </message>
    <message>
        <source>Model server added</source>
        <translation>Добавлен сервер модели</translation>
    </message>
    <message>
        <source>Department founded</source>
        <translation>Отдел создан</translation>
    </message>
    <message>
        <source>Department joined</source>
        <translation>Вход в отдел</translation>
    </message>
    <message>
        <source>Department left</source>
        <translation>Выход из отдела</translation>
    </message>
    <message>
        <source>Invited into the department</source>
        <translation>Приглашение в отдел</translation>
    </message>
    <message>
        <source>Key of another program made</source>
        <translation>Создан ключ другой программы</translation>
    </message>
    <message>
        <source>Key of another program used</source>
        <translation>Использован ключ другой программы</translation>
    </message>
    <message>
        <source>Key of another program revoked</source>
        <translation>Отозван ключ другой программы</translation>
    </message>
    <message>
        <source>Original opened by another program</source>
        <translation>Оригинал открыт в другой программе</translation>
    </message>
    <message>
        <source>Database read</source>
        <translation>Прочитана база данных</translation>
    </message>
    <message>
        <source>Assistant exported</source>
        <translation>Ассистент сохранён в файл</translation>
    </message>
    <message>
        <source>Backup written</source>
        <translation>Резервная копия записана</translation>
    </message>
    <message>
        <source>Backup restored</source>
        <translation>Резервная копия восстановлена</translation>
    </message>
    <message>
        <source>Room made</source>
        <translation>Место освобождено</translation>
    </message>
    <message>
        <source>Repaired</source>
        <translation>Исправлено</translation>
    </message>
    <message>
        <source>Collection exported</source>
        <translation>Коллекция выгружена</translation>
    </message>
    <message>
        <source>Collection taken in</source>
        <translation>Коллекция принята</translation>
    </message>
</context>
<context>
    <name>AnswerPairs</name>
    <message>
        <source>Answers side by side</source>
        <extracomment>Narrower than this the three answers stand one under another.</extracomment>
        <translation>Ответы рядом</translation>
    </message>
    <message>
        <source>Held-out questions</source>
        <translation>Проверочные вопросы</translation>
    </message>
    <message>
        <source>Base</source>
        <translation>База</translation>
    </message>
    <message>
        <source>With the adapter</source>
        <translation>С адаптером</translation>
    </message>
    <message>
        <source>Wanted</source>
        <translation>Как нужно</translation>
    </message>
</context>
<context>
    <name>AnswerWords</name>
    <message>
        <source>p. %1</source>
        <translation>стр. %1</translation>
    </message>
    <message>
        <source>line %1</source>
        <translation>строка %1</translation>
    </message>
    <message>
        <source>Found by meaning and by words</source>
        <translation>Найдено по смыслу и по словам</translation>
    </message>
    <message>
        <source>Found by meaning</source>
        <translation>Найдено по смыслу</translation>
    </message>
    <message>
        <source>Your note</source>
        <extracomment>Nearness below which a passage was found by its words alone.</extracomment>
        <translation>Ваша заметка</translation>
    </message>
    <message>
        <source>Earlier conversation</source>
        <translation>Прежняя беседа</translation>
    </message>
    <message>
        <source>cells %1</source>
        <translation>ячейки %1</translation>
    </message>
    <message>
        <source>read in part</source>
        <translation>частично</translation>
    </message>
    <message>
        <source>Remembered; documents outrank it</source>
        <translation>Из памяти; документы важнее</translation>
    </message>
    <message>
        <source>Found by words</source>
        <translation>Найдено по словам</translation>
    </message>
    <message>
        <source>This passage contains what looks like instructions to the model. It reads them as a quotation, and nothing of what stands between forged marks.</source>
        <translation>В этом отрывке есть то, что похоже на указания для модели. Она читает это как цитату, а текста между поддельными знаками не видит.</translation>
    </message>
    <message>
        <source>sources %1 s</source>
        <translation>источники за %1 с</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>Остановлено.</translation>
    </message>
    <message>
        <source>Cut off at the length limit.</source>
        <translation>Ответ оборван: достигнут предел длины.</translation>
    </message>
    <message>
        <source>No chat model here: these sentences come nearest.</source>
        <translation>Модели для ответов нет: вот самые близкие предложения.</translation>
    </message>
    <message>
        <source>The answer could not be written.</source>
        <translation>Ответ не удалось написать.</translation>
    </message>
    <message>
        <source>Nothing in the documents comes near this question.</source>
        <translation>В документах нет ничего близкого к этому вопросу.</translation>
    </message>
    <message>
        <source>Ask in other words, or add the document that answers it.</source>
        <translation>Спросите другими словами или добавьте документ, в котором есть ответ.</translation>
    </message>
    <message>
        <source>The documents do not answer this.</source>
        <translation>В документах этого нет.</translation>
    </message>
    <message>
        <source>Below is what comes nearest. It can be answered from all the same.</source>
        <translation>Ниже — самое близкое. По нему можно ответить всё равно.</translation>
    </message>
    <message>
        <source>Not confirmed by the documents.</source>
        <translation>Документы этого не подтверждают.</translation>
    </message>
    <message>
        <source>No passage says this. It goes into no summary, no memory and no training.</source>
        <translation>Ни один отрывок этого не говорит. В сводки, память и обучение это не попадёт.</translation>
    </message>
    <message>
        <source>Each side on its own</source>
        <translation>Каждая сторона отдельно</translation>
    </message>
    <message numerus="yes">
        <source>Every document on its own: %n document(s)</source>
        <translation>
            <numerusform>Каждый документ отдельно: %n документ</numerusform>
            <numerusform>Каждый документ отдельно: %n документа</numerusform>
            <numerusform>Каждый документ отдельно: %n документов</numerusform>
        </translation>
    </message>
    <message>
        <source>The document as a whole</source>
        <translation>Документ целиком</translation>
    </message>
    <message>
        <source>Read: %1 of %2</source>
        <translation>Прочитано: %1 из %2</translation>
    </message>
    <message>
        <source>From the documents</source>
        <translation>Из документов</translation>
    </message>
    <message>
        <source>From the documents · after %1 s</source>
        <translation>Из документов · через %1 с</translation>
    </message>
    <message>
        <source>In the words of the documents.</source>
        <translation>Словами самих документов.</translation>
    </message>
    <message>
        <source>Source %1 does not support this sentence.</source>
        <translation>Источник %1 не подтверждает это предложение.</translation>
    </message>
    <message>
        <source>Computed from the table</source>
        <translation>Вычислено по таблице</translation>
    </message>
    <message>
        <source>Hide how it was computed</source>
        <translation>Скрыть, как это вычислено</translation>
    </message>
    <message>
        <source>How it was computed</source>
        <translation>Как это вычислено</translation>
    </message>
    <message>
        <source>You wrote a better answer; it can be trained from.</source>
        <translation>Вы написали ответ лучше; на нём можно обучить модель.</translation>
    </message>
    <message>
        <source>Answer again, beside this answer</source>
        <translation>Ответить ещё раз, рядом с этим ответом</translation>
    </message>
    <message>
        <source>A good answer</source>
        <translation>Хороший ответ</translation>
    </message>
    <message>
        <source>A bad answer: say how it should be</source>
        <translation>Плохой ответ: написать, как надо</translation>
    </message>
    <message>
        <source>Write on</source>
        <translation>Продолжить</translation>
    </message>
    <message>
        <source>Quote in the next question</source>
        <translation>Цитировать в следующем вопросе</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Ещё</translation>
    </message>
    <message>
        <source>Ask this otherwise, on a branch of its own</source>
        <translation>Спросить иначе, отдельной веткой</translation>
    </message>
    <message>
        <source>Delete the question with its answers</source>
        <translation>Удалить вопрос с ответами</translation>
    </message>
    <message>
        <source>The quotation is enough</source>
        <translation>Цитаты достаточно</translation>
    </message>
    <message>
        <source>Answer from these all the same</source>
        <translation>Всё равно ответить</translation>
    </message>
    <message>
        <source>Answer from the nearest passages</source>
        <translation>Ответить по ближайшим отрывкам</translation>
    </message>
    <message>
        <source>Read all that was found</source>
        <translation>Прочитать всё найденное</translation>
    </message>
    <message>
        <source>The one before</source>
        <translation>Предыдущий вариант</translation>
    </message>
    <message>
        <source>The next one</source>
        <translation>Следующий вариант</translation>
    </message>
    <message>
        <source>Open the document at this passage</source>
        <translation>Открыть документ на этом отрывке</translation>
    </message>
    <message>
        <source>first word %1 s</source>
        <translation>первое слово %1 с</translation>
    </message>
    <message>
        <source>%1 tok/s</source>
        <translation>%1 ток/с</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Скопировать</translation>
    </message>
    <message>
        <source>The query and the cells behind the result</source>
        <translation>Запрос и ячейки, из которых получен результат</translation>
    </message>
</context>
<context>
    <name>AnswersSection</name>
    <message>
        <source>Answers</source>
        <translation>Ответы</translation>
    </message>
    <message>
        <source>Patience</source>
        <translation>Терпение</translation>
    </message>
    <message>
        <source>How long the model's first word may take: the longer, the more it reads. The quotation from the documents comes at once in any case. Default: 15 s.</source>
        <translation>Сколько ждать первого слова модели: чем дольше, тем больше она прочтёт. Цитата из документов в любом случае появляется сразу. По умолчанию 15 с.</translation>
    </message>
    <message>
        <source>Shift+Enter begins a new line.</source>
        <translation>Shift+Enter начинает новую строку.</translation>
    </message>
    <message>
        <source>Ctrl+Enter sends, Enter begins a new line.</source>
        <translation>Ctrl+Enter отправляет, Enter начинает новую строку.</translation>
    </message>
    <message>
        <source>Enter sends the question</source>
        <translation>Enter отправляет вопрос</translation>
    </message>
    <message>
        <source>Suggest further questions</source>
        <translation>Предлагать следующие вопросы</translation>
    </message>
    <message>
        <source>After an answer from documents. Auto: where the model is quick enough.</source>
        <translation>После ответа по документам. «Авто» — там, где модель достаточно быстра.</translation>
    </message>
    <message>
        <source>Auto</source>
        <translation>Авто</translation>
    </message>
    <message>
        <source>Always</source>
        <translation>Всегда</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Никогда</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 с</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 мин</translation>
    </message>
</context>
<context>
    <name>AskBoth</name>
    <message>
        <source>Ask both</source>
        <translation>Спросить обоих</translation>
    </message>
    <message>
        <source>A question to your documents</source>
        <translation>Вопрос к вашим документам</translation>
    </message>
    <message>
        <source>A question for the base and for the adapter</source>
        <translation>Вопрос базе и адаптеру</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Остановить</translation>
    </message>
    <message>
        <source>Ask both…</source>
        <translation>Спросить обоих…</translation>
    </message>
    <message>
        <source>The same passages and temperature 0 for both; nothing is stored</source>
        <translation>Одни и те же отрывки и температура 0 для обоих; ничего не сохраняется</translation>
    </message>
    <message>
        <source>The base is answering…</source>
        <translation>Отвечает база…</translation>
    </message>
    <message>
        <source>The adapter is answering…</source>
        <translation>Отвечает адаптер…</translation>
    </message>
    <message>
        <source>With the adapter, strength %1</source>
        <translation>С адаптером, сила %1</translation>
    </message>
    <message>
        <source>Base</source>
        <translation>База</translation>
    </message>
    <message>
        <source>Not in the documents.</source>
        <translation>В документах этого нет.</translation>
    </message>
    <message>
        <source>No citations</source>
        <translation>Ссылок нет</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n citation(s) supported by their passage</source>
        <translation>
            <numerusform>%1 из %n ссылки подтверждена отрывком</numerusform>
            <numerusform>%1 из %n ссылок подтверждены отрывками</numerusform>
            <numerusform>%1 из %n ссылок подтверждены отрывками</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AssistantButton</name>
    <message>
        <source>No assistant</source>
        <extracomment>Pixels that a name may take, and has at least. Pixels by which a text may turn out wider than it was measured.</extracomment>
        <translation>Без ассистента</translation>
    </message>
    <message>
        <source>Compare blindly…</source>
        <translation>Сравнить вслепую…</translation>
    </message>
    <message>
        <source>Manage assistants…</source>
        <translation>Управление ассистентами…</translation>
    </message>
    <message>
        <source>Assistant</source>
        <translation>Ассистент</translation>
    </message>
    <message>
        <source>none</source>
        <translation>нет</translation>
    </message>
    <message>
        <source>Another assistant can be chosen after this answer.</source>
        <translation>Другого ассистента можно выбрать после этого ответа.</translation>
    </message>
    <message>
        <source>Who answers in this conversation</source>
        <translation>Кто отвечает в этой беседе</translation>
    </message>
</context>
<context>
    <name>AssistantCard</name>
    <message>
        <source>Ask</source>
        <extracomment>Templates that are shown at once; the button for a new one has all. What an icon button has around its picture, so that the picture ends where the text does.</extracomment>
        <translation>Спросить</translation>
    </message>
    <message>
        <source>Start a conversation with this assistant</source>
        <translation>Начать беседу с этим ассистентом</translation>
    </message>
    <message>
        <source>Start a conversation with %1</source>
        <translation>Начать беседу с ассистентом %1</translation>
    </message>
    <message>
        <source>Change %1</source>
        <translation>Изменить %1</translation>
    </message>
    <message>
        <source>Test questions of %1</source>
        <translation>Проверочные вопросы ассистента %1</translation>
    </message>
    <message>
        <source>Duplicate %1</source>
        <translation>Создать копию %1</translation>
    </message>
    <message>
        <source>Delete %1</source>
        <translation>Удалить %1</translation>
    </message>
    <message>
        <source>More acts on %1</source>
        <translation>Другие действия: %1</translation>
    </message>
    <message>
        <source>Readers use assistants; an editor may change them.</source>
        <translation>Читатель может спрашивать ассистентов; изменить их может редактор.</translation>
    </message>
    <message>
        <source>Compare blindly…</source>
        <translation>Сравнить вслепую…</translation>
    </message>
    <message>
        <source>Save to a file…</source>
        <translation>Сохранить в файл…</translation>
    </message>
    <message>
        <source>Put away</source>
        <translation>Убрать в архив</translation>
    </message>
</context>
<context>
    <name>AssistantEditor</name>
    <message>
        <source>Name</source>
        <translation>Имя</translation>
    </message>
    <message>
        <source>Icon</source>
        <translation>Значок</translation>
    </message>
    <message>
        <source>Instruction</source>
        <translation>Инструкция</translation>
    </message>
    <message>
        <source>Tone</source>
        <translation>Тон</translation>
    </message>
    <message>
        <source>Length of an answer</source>
        <translation>Длина ответа</translation>
    </message>
    <message>
        <source>Language of answers</source>
        <translation>Язык ответов</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Модель</translation>
    </message>
    <message>
        <source>Collections</source>
        <translation>Коллекции</translation>
    </message>
    <message>
        <source>Adapters</source>
        <translation>Адаптеры</translation>
    </message>
    <message>
        <source>For example, HR questions</source>
        <translation>Например, Кадровые вопросы</translation>
    </message>
    <message>
        <source>What the assistant is for and how it answers. For example: Answer as the accounts department does. Name the document and its number; put deadlines first.</source>
        <translation>Для чего ассистент и как он отвечает. Например: Отвечай, как бухгалтерия. Называй документ и его номер; сроки ставь первыми.</translation>
    </message>
    <message>
        <source>Only what documents confirm</source>
        <translation>Только подтверждённое документами</translation>
    </message>
    <message>
        <source>What no passage confirms is not shown; the passages themselves are.</source>
        <translation>Чего не подтверждает ни один отрывок, не показывается; сами отрывки видны.</translation>
    </message>
    <message>
        <source>Uses what earlier conversations say</source>
        <translation>Учитывает прежние беседы</translation>
    </message>
    <message>
        <source>Summaries and notes of whoever asks, as sources after documents.</source>
        <translation>Сводки и заметки того, кто спрашивает, — как источники после документов.</translation>
    </message>
    <message>
        <source>Freedom of wording</source>
        <translation>Свобода формулировок</translation>
    </message>
    <message>
        <source>Exact</source>
        <translation>Точно</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>Свободно</translation>
    </message>
    <message>
        <source>Exact keeps close to the passages; free varies the words (temperature).</source>
        <translation>Точно — ближе к тексту отрывков; свободно — разнообразнее слова (температура).</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Сохранить</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отменить</translation>
    </message>
    <message>
        <source>Close without saving (Esc)</source>
        <translation>Закрыть без сохранения (Esc)</translation>
    </message>
    <message>
        <source>Versions…</source>
        <translation>Версии…</translation>
    </message>
    <message>
        <source>What it was before, to go back to</source>
        <translation>Каким ассистент был раньше; можно вернуться</translation>
    </message>
    <message>
        <source>Change the assistant</source>
        <translation>Изменить ассистента</translation>
    </message>
    <message>
        <source>New assistant</source>
        <translation>Новый ассистент</translation>
    </message>
    <message>
        <source>The one in use</source>
        <translation>Используемая</translation>
    </message>
    <message>
        <source>Give the assistant a name.</source>
        <translation>Дайте ассистенту имя.</translation>
    </message>
</context>
<context>
    <name>AssistantFileActs</name>
    <message>
        <source>Save the assistant to a file</source>
        <translation>Сохранить ассистента в файл</translation>
    </message>
    <message>
        <source>Assistant</source>
        <translation>Ассистент</translation>
    </message>
    <message>
        <source>“%1” was saved to a file.</source>
        <translation>«%1»: сохранено в файл.</translation>
    </message>
    <message>
        <source>An assistant from a file</source>
        <translation>Ассистент из файла</translation>
    </message>
    <message>
        <source>Collections that are not here: %1. Choose others in its form: until then it finds nothing there.</source>
        <translation>Здесь нет коллекций: %1. Выберите другие в его карточке: до этого он в них ничего не найдёт.</translation>
    </message>
    <message>
        <source>Adapters that are not here: %1.</source>
        <translation>Здесь нет адаптеров: %1.</translation>
    </message>
    <message>
        <source>Places of the instruction without a value: %1. Its form asks.</source>
        <translation>Места инструкции без значения: %1. Укажите их в форме ассистента.</translation>
    </message>
    <message>
        <source>“%1” was added</source>
        <translation>Добавлен ассистент «%1»</translation>
    </message>
    <message>
        <source>“%1” was added.</source>
        <translation>Добавлен ассистент «%1».</translation>
    </message>
</context>
<context>
    <name>AssistantWords</name>
    <message>
        <source>Neutral</source>
        <extracomment>Tokens of an answer, from short to very long. Names that a card has room for.</extracomment>
        <translation>Нейтральный</translation>
    </message>
    <message>
        <source>Formal, as in a business letter</source>
        <translation>Официальный, как в деловом письме</translation>
    </message>
    <message>
        <source>Friendly, as to a colleague</source>
        <translation>Дружелюбный, как с коллегой</translation>
    </message>
    <message>
        <source>Brief, a sentence if possible</source>
        <translation>Краткий, по возможности одной фразой</translation>
    </message>
    <message>
        <source>Detailed, with every condition</source>
        <translation>Подробный, со всеми условиями</translation>
    </message>
    <message>
        <source>neutral</source>
        <translation>нейтрально</translation>
    </message>
    <message>
        <source>formal</source>
        <translation>официально</translation>
    </message>
    <message>
        <source>friendly</source>
        <translation>дружелюбно</translation>
    </message>
    <message>
        <source>brief</source>
        <translation>кратко</translation>
    </message>
    <message>
        <source>detailed</source>
        <translation>подробно</translation>
    </message>
    <message>
        <source>That of the question</source>
        <translation>Как у вопроса</translation>
    </message>
    <message>
        <source>Russian</source>
        <translation>русский</translation>
    </message>
    <message>
        <source>English</source>
        <translation>английский</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Название</translation>
    </message>
    <message>
        <source>Icon</source>
        <translation>Значок</translation>
    </message>
    <message>
        <source>Instruction</source>
        <translation>Инструкция</translation>
    </message>
    <message>
        <source>Values of the instruction</source>
        <translation>Значения в инструкции</translation>
    </message>
    <message>
        <source>Tone</source>
        <translation>Тон</translation>
    </message>
    <message>
        <source>Freedom of wording</source>
        <translation>Свобода формулировок</translation>
    </message>
    <message>
        <source>Length of an answer</source>
        <translation>Длина ответа</translation>
    </message>
    <message>
        <source>Collections</source>
        <translation>Коллекции</translation>
    </message>
    <message>
        <source>Adapters</source>
        <translation>Адаптеры</translation>
    </message>
    <message>
        <source>Earlier conversations</source>
        <translation>Прежние беседы</translation>
    </message>
    <message>
        <source>Language of answers</source>
        <translation>Язык ответов</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Модель</translation>
    </message>
    <message>
        <source>Only what documents confirm</source>
        <translation>Только подтверждённое документами</translation>
    </message>
    <message>
        <source>none</source>
        <translation>нет</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>да</translation>
    </message>
    <message>
        <source>no</source>
        <translation>нет</translation>
    </message>
    <message>
        <source>the one in use</source>
        <translation>используемая</translation>
    </message>
    <message>
        <source>Short</source>
        <translation>Короткий</translation>
    </message>
    <message>
        <source>Usual</source>
        <translation>Обычный</translation>
    </message>
    <message>
        <source>Long</source>
        <translation>Длинный</translation>
    </message>
    <message>
        <source>Very long</source>
        <translation>Очень длинный</translation>
    </message>
    <message numerus="yes">
        <source>up to %n token(s)</source>
        <translation>
            <numerusform>до %n токена</numerusform>
            <numerusform>до %n токенов</numerusform>
            <numerusform>до %n токенов</numerusform>
        </translation>
    </message>
    <message>
        <source>Without an instruction of its own</source>
        <translation>Без собственной инструкции</translation>
    </message>
    <message>
        <source>adapter %1</source>
        <translation>адаптер %1</translation>
    </message>
    <message>
        <source>all collections</source>
        <translation>все коллекции</translation>
    </message>
    <message numerus="yes">
        <source>%n collection(s)</source>
        <translation>
            <numerusform>%n коллекция</numerusform>
            <numerusform>%n коллекции</numerusform>
            <numerusform>%n коллекций</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AssistantsPage</name>
    <message>
        <source>Assistants</source>
        <translation>Ассистенты</translation>
    </message>
    <message>
        <source>New assistant</source>
        <translation>Новый ассистент</translation>
    </message>
    <message>
        <source>Readers use assistants; an editor may make them.</source>
        <translation>Читатель может спрашивать ассистентов; создать их может редактор.</translation>
    </message>
    <message>
        <source>Empty or from a template</source>
        <translation>Пустой или по шаблону</translation>
    </message>
    <message numerus="yes">
        <source>%n assistant(s) put away</source>
        <translation>
            <numerusform>В архиве %n ассистент</numerusform>
            <numerusform>В архиве %n ассистента</numerusform>
            <numerusform>В архиве %n ассистентов</numerusform>
        </translation>
    </message>
    <message>
        <source>They answer in conversations that have them</source>
        <translation>Они отвечают в беседах, где были выбраны</translation>
    </message>
    <message>
        <source>Empty</source>
        <translation>Пустой</translation>
    </message>
    <message>
        <source>From a file…</source>
        <translation>Из файла…</translation>
    </message>
    <message>
        <source>Bring back %1</source>
        <translation>Вернуть: %1</translation>
    </message>
    <message>
        <source>What you changed in it is not saved.</source>
        <translation>Изменения в ней не сохранены.</translation>
    </message>
    <message>
        <source>Close the form?</source>
        <translation>Закрыть форму?</translation>
    </message>
    <message>
        <source>Close without saving</source>
        <translation>Закрыть без сохранения</translation>
    </message>
    <message>
        <source>“%1” was deleted.</source>
        <translation>Ассистент «%1» удалён.</translation>
    </message>
    <message>
        <source>“%1” was put away.</source>
        <translation>«%1» теперь в архиве.</translation>
    </message>
    <message>
        <source>“%1” is what it was in version %2.</source>
        <translation>«%1» снова как в версии %2.</translation>
    </message>
</context>
<context>
    <name>AttachedFiles</name>
    <message>
        <source>What to do with %1</source>
        <translation>Что сделать с «%1»</translation>
    </message>
    <message>
        <source>Stop reading</source>
        <translation>Прервать чтение</translation>
    </message>
    <message>
        <source>only in this conversation</source>
        <translation>только в этой беседе</translation>
    </message>
    <message>
        <source>not read</source>
        <translation>не прочитан</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>ждёт</translation>
    </message>
    <message>
        <source>Keep in the library</source>
        <translation>Оставить в библиотеке</translation>
    </message>
    <message>
        <source>Remove from the conversation</source>
        <translation>Убрать из беседы</translation>
    </message>
</context>
<context>
    <name>Attaching</name>
    <message>
        <source>Attach files</source>
        <translation>Прикрепить файлы</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Чтение…</translation>
    </message>
    <message>
        <source>Reading: %1 %</source>
        <translation>Чтение: %1 %</translation>
    </message>
</context>
<context>
    <name>BackupsKind</name>
    <message>
        <source>Backups</source>
        <extracomment>Hours between backups, 0 for never.</extracomment>
        <translation>Резервные копии</translation>
    </message>
    <message>
        <source>Encrypted copies of everything but the models, in a folder on another drive. Only what changed is written again, and each is read back before it counts.</source>
        <translation>Зашифрованные копии всего, кроме моделей, в папке на другом диске. Заново записывается только изменённое, и каждая копия перечитывается, прежде чем считаться сделанной.</translation>
    </message>
    <message>
        <source>Back up now…</source>
        <translation>Сделать копию…</translation>
    </message>
    <message>
        <source>To restore, close the program and use “larets restore FOLDER”; with “--dry-run” it says first what it would do. A password of an administrator opens a backup on any computer.</source>
        <translation>Чтобы восстановить, закройте программу и выполните «larets restore FOLDER»; с «--dry-run» команда сначала скажет, что сделает. Пароль администратора откроет копию на любом компьютере.</translation>
    </message>
    <message>
        <source>There is no backup yet.</source>
        <translation>Копий пока нет.</translation>
    </message>
    <message>
        <source>Last backup: %1, verified</source>
        <translation>Последняя копия: %1, проверена</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Автоматически</translation>
    </message>
    <message>
        <source>While the program is open, into %1.</source>
        <translation>Пока программа открыта, в папку %1.</translation>
    </message>
    <message>
        <source>Make the first backup by hand: the next ones go into the same folder.</source>
        <translation>Первую копию сделайте сами: следующие пойдут в ту же папку.</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Никогда</translation>
    </message>
    <message>
        <source>Daily</source>
        <translation>Ежедневно</translation>
    </message>
    <message>
        <source>Weekly</source>
        <translation>Еженедельно</translation>
    </message>
    <message>
        <source>%1 files, %2, of them new: %3</source>
        <translation>Файлов: %1, %2; из них нового: %3</translation>
    </message>
    <message>
        <source>A folder for the backup</source>
        <translation>Папка для копии</translation>
    </message>
    <message>
        <source>The backup is being written…</source>
        <translation>Копия записывается…</translation>
    </message>
    <message>
        <source>Backup</source>
        <translation>Резервная копия</translation>
    </message>
</context>
<context>
    <name>BlindDialog</name>
    <message>
        <source>One</source>
        <translation>Один</translation>
    </message>
    <message>
        <source>The other</source>
        <translation>Другой</translation>
    </message>
    <message>
        <source>Answer A</source>
        <translation>Ответ А</translation>
    </message>
    <message>
        <source>Answer B</source>
        <translation>Ответ Б</translation>
    </message>
    <message>
        <source>Results…</source>
        <translation>Итоги…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>Blind comparison</source>
        <translation>Сравнение вслепую</translation>
    </message>
    <message>
        <source>A question to your documents</source>
        <translation>Вопрос к вашим документам</translation>
    </message>
    <message>
        <source>A is better</source>
        <translation>Лучше А</translation>
    </message>
    <message>
        <source>B is better</source>
        <translation>Лучше Б</translation>
    </message>
    <message>
        <source>Both alike</source>
        <translation>Одинаковы</translation>
    </message>
    <message>
        <source>Both bad</source>
        <translation>Оба плохи</translation>
    </message>
    <message>
        <source>Answer A is being written…</source>
        <translation>Пишется ответ А…</translation>
    </message>
    <message>
        <source>Answer B is being written…</source>
        <translation>Пишется ответ Б…</translation>
    </message>
    <message>
        <source>Loading the model…</source>
        <translation>Загружается модель…</translation>
    </message>
    <message>
        <source>Which answer is better? Who gave them is shown after your choice.</source>
        <translation>Какой ответ лучше? Кто ответил, станет видно после вашего выбора.</translation>
    </message>
    <message>
        <source>So far %1: %2.</source>
        <translation>Пока что %1: %2.</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Остановить</translation>
    </message>
    <message>
        <source>Ask both</source>
        <translation>Спросить обоих</translation>
    </message>
    <message>
        <source>Two answer the same question in an order that chance chooses.</source>
        <translation>На один вопрос отвечают двое, порядок выбирает случай.</translation>
    </message>
</context>
<context>
    <name>BlindWords</name>
    <message>
        <source>No assistant</source>
        <translation>Без ассистента</translation>
    </message>
    <message>
        <source>%1, version %2</source>
        <translation>%1, версия %2</translation>
    </message>
    <message>
        <source>without adapters</source>
        <translation>без адаптеров</translation>
    </message>
    <message>
        <source>“%1” against “%2”</source>
        <translation>«%1» против «%2»</translation>
    </message>
    <message>
        <source>won %1, lost %2, alike %3, both bad %4</source>
        <translation>побед %1, поражений %2, одинаковы %3, оба плохи %4</translation>
    </message>
    <message>
        <source>of those that differ, %1–%2 % are won (95 % interval)</source>
        <translation>среди различающихся побед %1–%2 % (интервал 95 %)</translation>
    </message>
    <message>
        <source>The documents do not answer this.</source>
        <translation>В документах этого нет.</translation>
    </message>
    <message>
        <source>No passage supports it.</source>
        <translation>Ни один отрывок его не подтверждает.</translation>
    </message>
    <message>
        <source>“%1”</source>
        <translation>«%1»</translation>
    </message>
</context>
<context>
    <name>ChatPage</name>
    <message>
        <source>Conversation</source>
        <extracomment>Times as large as usual while presenting.</extracomment>
        <translation>Беседа</translation>
    </message>
    <message>
        <source>“%1” was deleted.</source>
        <translation>Беседа «%1» удалена.</translation>
    </message>
    <message>
        <source>Saved as “%1”, readable by everybody who can open it.</source>
        <translation>Сохранено как «%1»; файл может прочитать каждый, кто его откроет.</translation>
    </message>
    <message>
        <source>The question was deleted with its answers.</source>
        <translation>Вопрос удалён вместе с ответами.</translation>
    </message>
    <message>
        <source>No chat model</source>
        <translation>Нет модели для ответов</translation>
    </message>
</context>
<context>
    <name>Checklist</name>
    <message>
        <source>Before the first answer</source>
        <extracomment>A burst of news is looked at once.</extracomment>
        <translation>До первого ответа осталось</translation>
    </message>
    <message>
        <source>A model that answers</source>
        <translation>Модель, которая отвечает</translation>
    </message>
    <message>
        <source>A model that searches by meaning</source>
        <translation>Модель, которая ищет по смыслу</translation>
    </message>
    <message>
        <source>Documents to ask about</source>
        <translation>Документы, о которых спрашивать</translation>
    </message>
    <message>
        <source>Choose a model</source>
        <translation>Выбрать модель</translation>
    </message>
    <message>
        <source>Add the model</source>
        <translation>Добавить модель</translation>
    </message>
    <message>
        <source>Add documents</source>
        <translation>Добавить документы</translation>
    </message>
    <message>
        <source>done</source>
        <translation>готово</translation>
    </message>
    <message>
        <source>still to do</source>
        <translation>ещё предстоит</translation>
    </message>
</context>
<context>
    <name>ChosenActs</name>
    <message numerus="yes">
        <source>%n document(s) removed</source>
        <translation>
            <numerusform>Удалён %n документ</numerusform>
            <numerusform>Удалено %n документа</numerusform>
            <numerusform>Удалено %n документов</numerusform>
        </translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Открыть</translation>
    </message>
    <message>
        <source>Ask about it</source>
        <translation>Спросить об этом</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>Прочитать заново</translation>
    </message>
    <message>
        <source>Keep without its file</source>
        <translation>Оставить без файла</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Убрать</translation>
    </message>
</context>
<context>
    <name>CitationLine</name>
    <message>
        <source>Previous citation</source>
        <translation>Предыдущая ссылка</translation>
    </message>
    <message>
        <source>Next citation</source>
        <translation>Следующая ссылка</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 из %2</translation>
    </message>
</context>
<context>
    <name>CitedDocuments</name>
    <message>
        <source>Most cited documents</source>
        <translation>Чаще всего цитируются</translation>
    </message>
    <message>
        <source>Open “%1” of %2</source>
        <translation>Открыть «%1» из коллекции %2</translation>
    </message>
    <message numerus="yes">
        <source>in %n answer(s)</source>
        <translation>
            <numerusform>в %n ответе</numerusform>
            <numerusform>в %n ответах</numerusform>
            <numerusform>в %n ответах</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CollectionActs</name>
    <message>
        <source>New collection</source>
        <translation>Новая коллекция</translation>
    </message>
    <message>
        <source>Name of the collection</source>
        <translation>Название коллекции</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>Создать</translation>
    </message>
    <message>
        <source>Rename the collection</source>
        <translation>Переименование коллекции</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Переименовать</translation>
    </message>
    <message>
        <source>Delete the collection?</source>
        <translation>Удалить коллекцию?</translation>
    </message>
    <message>
        <source>All its documents go with it. This cannot be undone.</source>
        <translation>Вместе с ней удаляются все её документы. Отменить это нельзя.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Удалить</translation>
    </message>
</context>
<context>
    <name>CollectionList</name>
    <message>
        <source>COLLECTIONS</source>
        <translation>КОЛЛЕКЦИИ</translation>
    </message>
    <message>
        <source>Collection</source>
        <translation>Коллекция</translation>
    </message>
    <message>
        <source>Make a new collection</source>
        <translation>Создать коллекцию</translation>
    </message>
    <message>
        <source>Collections</source>
        <translation>Коллекции</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>Переименовать…</translation>
    </message>
    <message>
        <source>Watched folders…</source>
        <translation>Отслеживаемые папки…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Сохранить в файл…</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Удалить…</translation>
    </message>
</context>
<context>
    <name>CollectionStatistics</name>
    <message>
        <source>This collection</source>
        <extracomment>Formats that are named; the rest is counted together.</extracomment>
        <translation>Эта коллекция</translation>
    </message>
    <message>
        <source>FORMATS</source>
        <translation>ФОРМАТЫ</translation>
    </message>
    <message numerus="yes">
        <source>document(s)</source>
        <translation>
            <numerusform>документ</numerusform>
            <numerusform>документа</numerusform>
            <numerusform>документов</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>page(s)</source>
        <translation>
            <numerusform>страница</numerusform>
            <numerusform>страницы</numerusform>
            <numerusform>страниц</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>passage(s)</source>
        <translation>
            <numerusform>отрывок</numerusform>
            <numerusform>отрывка</numerusform>
            <numerusform>отрывков</numerusform>
        </translation>
    </message>
    <message>
        <source>in files</source>
        <translation>в файлах</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>в очереди</translation>
    </message>
    <message>
        <source>could not be read</source>
        <translation>не прочитано</translation>
    </message>
    <message>
        <source>files are gone</source>
        <translation>файлы исчезли</translation>
    </message>
    <message>
        <source>pages recognised</source>
        <translation>страниц распознано</translation>
    </message>
    <message>
        <source>others</source>
        <translation>другие</translation>
    </message>
</context>
<context>
    <name>Collections</name>
    <message>
        <source>Library</source>
        <translation>Библиотека</translation>
    </message>
</context>
<context>
    <name>CollectionsField</name>
    <message>
        <source>A collection that is not here</source>
        <extracomment>What a slider moves by. What is shown of a value at the least.</extracomment>
        <translation>Коллекция, которой здесь нет</translation>
    </message>
    <message>
        <source>None is ticked: answers come from all collections.</source>
        <translation>Ничего не отмечено: ответы ищутся во всех коллекциях.</translation>
    </message>
    <message>
        <source>Answers come from what is ticked alone.</source>
        <translation>Ответы ищутся только в отмеченном.</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>Ask about your documents. “/” — a template, or drop a file to ask about it…</source>
        <translation>Спросите о своих документах. «/» — шаблон, перетащите файл, чтобы спросить о нём</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Вопрос</translation>
    </message>
    <message>
        <source>The question asked otherwise; the first one stays beside it</source>
        <translation>Вопрос иначе; прежний останется рядом</translation>
    </message>
    <message>
        <source>Attach files to this conversation alone</source>
        <translation>Прикрепить файлы только к этой беседе</translation>
    </message>
    <message>
        <source>Templates</source>
        <translation>Шаблоны</translation>
    </message>
    <message>
        <source>Earlier conversations are used; click to leave them out</source>
        <translation>Прежние беседы учитываются; нажмите, чтобы не учитывать</translation>
    </message>
    <message>
        <source>Earlier conversations are left out; click to use them</source>
        <translation>Прежние беседы не учитываются; нажмите, чтобы учитывать</translation>
    </message>
    <message>
        <source>Leave the question as it was</source>
        <translation>Оставить вопрос как был</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Остановить</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Отправить</translation>
    </message>
</context>
<context>
    <name>ContextPanel</name>
    <message>
        <source>Add a passage from the library</source>
        <translation>Добавить отрывок из библиотеки</translation>
    </message>
    <message>
        <source>Passages to add</source>
        <translation>Отрывки для добавления</translation>
    </message>
    <message>
        <source>Ask again with these</source>
        <translation>Спросить снова по этим</translation>
    </message>
    <message>
        <source>Sets</source>
        <translation>Наборы</translation>
    </message>
    <message>
        <source>Keep these passages under a name, or use kept ones</source>
        <translation>Сохранить отрывки под именем или взять сохранённые</translation>
    </message>
    <message>
        <source>Searched for: %1</source>
        <translation>Искали: %1</translation>
    </message>
    <message>
        <source>With the passages of an answer that you liked: %1</source>
        <translation>С отрывками ответа, который вам понравился: %1</translation>
    </message>
    <message>
        <source>Remembered from earlier conversations: %1</source>
        <translation>Из прежних бесед: %1</translation>
    </message>
    <message>
        <source>Nothing in the library comes near these words.</source>
        <translation>В библиотеке нет ничего близкого к этим словам.</translation>
    </message>
    <message>
        <source>Keep these passages…</source>
        <translation>Сохранить эти отрывки…</translation>
    </message>
    <message>
        <source>Kept by you</source>
        <translation>Сохранены вами</translation>
    </message>
    <message>
        <source>From answers that you liked</source>
        <translation>Из понравившихся ответов</translation>
    </message>
    <message>
        <source>Use for the next questions</source>
        <translation>Использовать в следующих вопросах</translation>
    </message>
    <message>
        <source>Forget this set</source>
        <translation>Забыть этот набор</translation>
    </message>
    <message>
        <source>Keep these passages</source>
        <translation>Сохранить эти отрывки</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Название</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Оставить</translation>
    </message>
</context>
<context>
    <name>Controls</name>
    <message>
        <source>Clear the field</source>
        <extracomment>The property of the application by which bars stand still. Of an icon of 16 pixels beside words: with room around it.</extracomment>
        <translation>Очистить поле</translation>
    </message>
</context>
<context>
    <name>ConversationController</name>
    <message>
        <source>Writing on…</source>
        <extracomment>After an answer, until what was read of the conversation is stored. Turns that are loaded when a conversation is opened; what else comes into view follows.</extracomment>
        <translation>Продолжаю…</translation>
    </message>
    <message>
        <source>Looking through the documents…</source>
        <translation>Ищу в документах…</translation>
    </message>
    <message>
        <source>Wording the answer…</source>
        <translation>Формулирую ответ…</translation>
    </message>
    <message>
        <source>Read: %1 of %2</source>
        <translation>Прочитано: %1 из %2</translation>
    </message>
    <message numerus="yes">
        <source>%n passage(s) found, reading</source>
        <translation>
            <numerusform>Найден %n отрывок, читаю</numerusform>
            <numerusform>Найдено %n отрывка, читаю</numerusform>
            <numerusform>Найдено %n отрывков, читаю</numerusform>
        </translation>
    </message>
    <message>
        <source>Loading the model…</source>
        <translation>Загружается модель…</translation>
    </message>
</context>
<context>
    <name>ConversationExport</name>
    <message>
        <source>Export conversation</source>
        <translation>Выгрузить беседу</translation>
    </message>
    <message>
        <source>Conversation</source>
        <translation>Беседа</translation>
    </message>
    <message>
        <source>Exported conversation (%1)</source>
        <translation>Выгруженная беседа (%1)</translation>
    </message>
    <message>
        <source>Import conversation</source>
        <translation>Загрузить беседу</translation>
    </message>
    <message>
        <source>Word document (%1)</source>
        <translation>Документ Word (%1)</translation>
    </message>
    <message>
        <source>PDF document (%1)</source>
        <translation>Документ PDF (%1)</translation>
    </message>
    <message>
        <source>Markdown text (%1)</source>
        <translation>Текст Markdown (%1)</translation>
    </message>
    <message>
        <source>Larets conversation (%1)</source>
        <translation>Беседа Ларца (%1)</translation>
    </message>
</context>
<context>
    <name>ConversationSidebar</name>
    <message>
        <source>Group</source>
        <translation>Группировать</translation>
    </message>
    <message>
        <source>By date</source>
        <translation>По дате</translation>
    </message>
    <message>
        <source>By assistant</source>
        <translation>По ассистентам</translation>
    </message>
    <message>
        <source>Any time</source>
        <translation>За всё время</translation>
    </message>
    <message>
        <source>The last 7 days</source>
        <translation>За 7 дней</translation>
    </message>
    <message>
        <source>The last 30 days</source>
        <translation>За 30 дней</translation>
    </message>
    <message>
        <source>The last year</source>
        <translation>За год</translation>
    </message>
    <message>
        <source>Search in time</source>
        <translation>Искать за время</translation>
    </message>
    <message>
        <source>All assistants</source>
        <translation>Все ассистенты</translation>
    </message>
    <message>
        <source>Search with assistant</source>
        <translation>Искать у ассистента</translation>
    </message>
    <message>
        <source>Import a conversation…</source>
        <translation>Загрузить беседу из файла…</translation>
    </message>
    <message>
        <source>Search conversations</source>
        <translation>Поиск по беседам</translation>
    </message>
    <message>
        <source>Conversations</source>
        <translation>Беседы</translation>
    </message>
    <message>
        <source>Found turns</source>
        <translation>Найденные реплики</translation>
    </message>
    <message>
        <source>Group and filter</source>
        <translation>Группировка и отбор</translation>
    </message>
    <message>
        <source>No conversation has these words.</source>
        <translation>Таких слов нет ни в одной беседе.</translation>
    </message>
    <message>
        <source>New conversation</source>
        <translation>Новая беседа</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Переименовать</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>Открепить</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>Закрепить</translation>
    </message>
    <message>
        <source>Take out of the archive</source>
        <translation>Вернуть из архива</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>В архив</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Сохранить в файл…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Удалить</translation>
    </message>
</context>
<context>
    <name>Conversations</name>
    <message>
        <source>Archive (%1)</source>
        <translation>Архив (%1)</translation>
    </message>
    <message>
        <source>Pinned</source>
        <translation>Закреплённые</translation>
    </message>
    <message>
        <source>Without an assistant</source>
        <translation>Без ассистента</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Сегодня</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Вчера</translation>
    </message>
    <message>
        <source>This week</source>
        <translation>На этой неделе</translation>
    </message>
    <message>
        <source>This month</source>
        <translation>В этом месяце</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>Раньше</translation>
    </message>
</context>
<context>
    <name>CopyButton</name>
    <message>
        <source>Copied for a minute</source>
        <extracomment>Milliseconds that it stays there.</extracomment>
        <translation>Скопировано на минуту</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Скопировать</translation>
    </message>
</context>
<context>
    <name>CopyOrRefer</name>
    <message>
        <source>Add model</source>
        <translation>Добавление модели</translation>
    </message>
    <message>
        <source>Copy into Larets</source>
        <translation>Скопировать в Ларец</translation>
    </message>
    <message>
        <source>Use it where it lies</source>
        <translation>Оставить там, где лежит</translation>
    </message>
    <message>
        <source>Recommended: it is always there. %1 are free on the disk.</source>
        <translation>Рекомендуем: модель всегда под рукой. На диске свободно %1.</translation>
    </message>
    <message>
        <source>There is no room: only %1 are free on the disk.</source>
        <translation>Не хватает места: на диске свободно только %1.</translation>
    </message>
    <message>
        <source>Takes no room, but the stick or share has to be there whenever it answers.</source>
        <translation>Места не займёт, но флешка или сетевая папка должна быть подключена при каждом ответе.</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Добавить</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отменить</translation>
    </message>
</context>
<context>
    <name>Correction</name>
    <message>
        <source>A better answer</source>
        <translation>Ответ лучше</translation>
    </message>
    <message>
        <source>Write how the answer should be, or leave it empty. It stays on this computer; the model can be trained from it later.</source>
        <translation>Напишите, каким должен быть ответ, или оставьте поле пустым. Это останется на этом компьютере; позже на этом можно обучить модель.</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Сохранить</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>Begin with the answer</source>
        <translation>Начать с ответа</translation>
    </message>
</context>
<context>
    <name>CrashDialog</name>
    <message>
        <source>This is a fault in the program, not in what you did or in your documents.</source>
        <translation>Это ошибка в программе, а не в ваших действиях или документах.</translation>
    </message>
    <message>
        <source>Show the facts</source>
        <translation>Показать сведения</translation>
    </message>
    <message>
        <source>Facts about the fault</source>
        <translation>Сведения об ошибке</translation>
    </message>
    <message>
        <source>Copy facts</source>
        <translation>Копировать сведения</translation>
    </message>
    <message>
        <source>Show log folder</source>
        <translation>Папка журнала</translation>
    </message>
    <message>
        <source>Save report…</source>
        <translation>Сохранить отчёт…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>Hide the facts</source>
        <translation>Скрыть сведения</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Скопировано</translation>
    </message>
</context>
<context>
    <name>DataSection</name>
    <message>
        <source>Data</source>
        <extracomment>A zero-width space.</extracomment>
        <translation>Данные</translation>
    </message>
    <message>
        <source>%1 · %2. Everything but the models is encrypted.</source>
        <translation>%1 · %2. Зашифровано всё, кроме моделей.</translation>
    </message>
    <message>
        <source>Data folder</source>
        <translation>Папка с данными</translation>
    </message>
    <message>
        <source>Show the folder</source>
        <translation>Показать папку</translation>
    </message>
    <message>
        <source>Larets %1</source>
        <translation>Ларец %1</translation>
    </message>
    <message>
        <source>Checks data, models, memory and disk, and says what to do.</source>
        <translation>Проверка данных, моделей, памяти и диска с советами, что делать.</translation>
    </message>
    <message>
        <source>Health check</source>
        <translation>Проверка состояния</translation>
    </message>
</context>
<context>
    <name>DataStep</name>
    <message>
        <source>From documents</source>
        <translation>Из документов</translation>
    </message>
    <message>
        <source>The model writes questions and answers from your documents and checks them.</source>
        <translation>Модель составит вопросы и ответы по вашим документам и проверит их.</translation>
    </message>
    <message>
        <source>Choose documents…</source>
        <translation>Выбрать документы…</translation>
    </message>
    <message>
        <source>From a file</source>
        <translation>Из файла</translation>
    </message>
    <message>
        <source>JSONL, CSV or XLSX with a question and an answer in each line.</source>
        <translation>JSONL, CSV или XLSX: в каждой строке вопрос и ответ.</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>Выбрать файл…</translation>
    </message>
    <message>
        <source>The examples are fixed once the training has begun; train a new adapter.</source>
        <translation>После начала обучения примеры не меняются; обучите новый адаптер.</translation>
    </message>
    <message>
        <source>No answer was liked or corrected yet: use the thumbs under answers.</source>
        <translation>Пока нет ни одобренных, ни исправленных ответов: оценивайте ответы в беседах.</translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) that you liked or corrected.</source>
        <translation>
            <numerusform>%n ответ, который вы одобрили или исправили.</numerusform>
            <numerusform>%n ответа, которые вы одобрили или исправили.</numerusform>
            <numerusform>%n ответов, которые вы одобрили или исправили.</numerusform>
        </translation>
    </message>
    <message>
        <source>From conversations</source>
        <translation>Из бесед</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Добавить</translation>
    </message>
    <message>
        <source>The model is writing examples…</source>
        <translation>Модель составляет примеры…</translation>
    </message>
    <message>
        <source>Examples</source>
        <translation>Примеры</translation>
    </message>
    <message>
        <source>Examples (*.jsonl *.json *.csv *.tsv *.xlsx)</source>
        <translation>Примеры (*.jsonl *.json *.csv *.tsv *.xlsx)</translation>
    </message>
    <message>
        <source>Reading the file…</source>
        <translation>Читаю файл…</translation>
    </message>
    <message numerus="yes">
        <source>%n example(s) added.</source>
        <translation>
            <numerusform>Добавлен %n пример.</numerusform>
            <numerusform>Добавлено %n примера.</numerusform>
            <numerusform>Добавлено %n примеров.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n example(s) put aside.</source>
        <translation>
            <numerusform>%n пример отложен.</numerusform>
            <numerusform>%n примера отложены.</numerusform>
            <numerusform>%n примеров отложены.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n example(s) used again.</source>
        <translation>
            <numerusform>%n пример возвращён.</numerusform>
            <numerusform>%n примера возвращены.</numerusform>
            <numerusform>%n примеров возвращены.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DatabaseDialog</name>
    <message>
        <source>Add a database</source>
        <translation>Добавление базы данных</translation>
    </message>
    <message>
        <source>The tables are read once, become documents and stay here, encrypted; nothing is changed in the database, and the password is not kept. This is the only act for which Larets speaks to another computer: the one that you name. A SQLite file is added like any other file.</source>
        <translation>Таблицы читаются один раз, становятся документами и хранятся здесь в зашифрованном виде; в самой базе ничего не меняется, пароль не сохраняется. Это единственное действие, ради которого Ларец обращается к другому компьютеру — только к тому, который вы назовёте. Файл SQLite добавляется как обычный файл.</translation>
    </message>
    <message>
        <source>Only this query</source>
        <translation>Только запрос</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Добавить</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отменить</translation>
    </message>
    <message>
        <source>PostgreSQL server, port</source>
        <translation>Сервер PostgreSQL, порт</translation>
    </message>
    <message>
        <source>Database</source>
        <translation>База данных</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Пользователь</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Пароль</translation>
    </message>
    <message>
        <source>Name of the result</source>
        <translation>Имя результата</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Сервер</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>Порт</translation>
    </message>
    <message>
        <source>Query</source>
        <translation>Запрос</translation>
    </message>
</context>
<context>
    <name>DayChart</name>
    <message>
        <source>Questions a week</source>
        <extracomment>More days are shown by the week.</extracomment>
        <translation>Вопросы по неделям</translation>
    </message>
    <message>
        <source>Questions a day</source>
        <translation>Вопросы по дням</translation>
    </message>
    <message>
        <source>answered</source>
        <translation>с ответом</translation>
    </message>
    <message>
        <source>not in the documents</source>
        <translation>нет в документах</translation>
    </message>
    <message>
        <source>other</source>
        <translation>прочее</translation>
    </message>
    <message>
        <source>Most questions: %1 on %2</source>
        <translation>Больше всего вопросов: %1, %2</translation>
    </message>
    <message>
        <source>%1: %2 answered, %3 not in the documents, %4 other</source>
        <translation>%1: с ответом — %2, нет в документах — %3, прочее — %4</translation>
    </message>
</context>
<context>
    <name>DepartmentKind</name>
    <message>
        <source>Department</source>
        <translation>Отдел</translation>
    </message>
    <message>
        <source>Collections that many people share on a PostgreSQL server of your network. Texts are encrypted before they go there; your own collections stay on this computer.</source>
        <translation>Коллекции, с которыми многие работают на сервере PostgreSQL в вашей сети. Тексты шифруются до отправки; ваши собственные коллекции остаются на этом компьютере.</translation>
    </message>
    <message>
        <source>Join…</source>
        <translation>Присоединиться…</translation>
    </message>
    <message>
        <source>Found…</source>
        <translation>Создать отдел…</translation>
    </message>
    <message>
        <source>New collection…</source>
        <translation>Новая коллекция…</translation>
    </message>
    <message>
        <source>Give access</source>
        <translation>Открыть доступ</translation>
    </message>
    <message>
        <source>Take access away</source>
        <translation>Закрыть доступ</translation>
    </message>
    <message>
        <source>Copy to this computer</source>
        <translation>Скопировать сюда</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Исключить</translation>
    </message>
    <message>
        <source>Leave…</source>
        <translation>Выйти…</translation>
    </message>
    <message>
        <source>Collection</source>
        <translation>Коллекция</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>Документы</translation>
    </message>
    <message>
        <source>You may</source>
        <translation>Ваше право</translation>
    </message>
    <message>
        <source>Who reads it</source>
        <translation>Кто читает</translation>
    </message>
    <message>
        <source>Only an administrator of the department may.</source>
        <translation>Это может только администратор отдела.</translation>
    </message>
    <message>
        <source>Switched off: an administrator allows it under “Policies”.</source>
        <translation>Выключено: администратор разрешает это в разделе «Политики».</translation>
    </message>
    <message>
        <source>This profile belongs to no department.</source>
        <translation>Этот профиль не входит ни в один отдел.</translation>
    </message>
    <message>
        <source>%1 · %2 · %3</source>
        <translation>%1 · %2 · %3</translation>
    </message>
    <message>
        <source>You are “%1” there; the fingerprint of your keys is %2. People: %3.</source>
        <translation>Там вы — «%1», отпечаток ваших ключей: %2. Участники: %3.</translation>
    </message>
    <message numerus="yes">
        <source>%n document(s) wait</source>
        <translation>
            <numerusform>%n документ ждёт</numerusform>
            <numerusform>%n документа ждут</numerusform>
            <numerusform>%n документов ждут</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n are being read</source>
        <translation>
            <numerusform>%n читается</numerusform>
            <numerusform>%n читаются</numerusform>
            <numerusform>%n читаются</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n could not be read</source>
        <translation>
            <numerusform>%n не удалось прочитать</numerusform>
            <numerusform>%n не удалось прочитать</numerusform>
            <numerusform>%n не удалось прочитать</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n worker(s) connected</source>
        <translation>
            <numerusform>%n обработчик на связи</numerusform>
            <numerusform>%n обработчика на связи</numerusform>
            <numerusform>%n обработчиков на связи</numerusform>
        </translation>
    </message>
    <message>
        <source>Nobody reads them: start “larets worker” on some computer.</source>
        <translation>Читать их некому: запустите `larets worker` на одном из компьютеров.</translation>
    </message>
    <message>
        <source>manage</source>
        <translation>управление</translation>
    </message>
    <message>
        <source>read and add</source>
        <translation>чтение и добавление</translation>
    </message>
    <message>
        <source>read</source>
        <translation>чтение</translation>
    </message>
    <message>
        <source>%1 (reads only)</source>
        <translation>%1 (только читает)</translation>
    </message>
    <message>
        <source>Only who manages a collection may.</source>
        <translation>Может только тот, кто управляет коллекцией.</translation>
    </message>
    <message>
        <source>Empty…</source>
        <translation>Пустая…</translation>
    </message>
    <message>
        <source>A copy of “%1”</source>
        <translation>Копия коллекции «%1»</translation>
    </message>
    <message>
        <source>Copying a collection</source>
        <translation>Копирование коллекции</translation>
    </message>
    <message>
        <source>“%1” was copied in part</source>
        <translation>Коллекция «%1» скопирована не полностью</translation>
    </message>
    <message numerus="yes">
        <source>%n document(s) were left out: not read yet, or there already.</source>
        <translation>
            <numerusform>Не скопирован %n документ: он ещё не прочитан или уже есть там.</numerusform>
            <numerusform>Не скопированы %n документа: они ещё не прочитаны или уже есть там.</numerusform>
            <numerusform>Не скопировано %n документов: они ещё не прочитаны или уже есть там.</numerusform>
        </translation>
    </message>
    <message>
        <source>New collection of the department</source>
        <translation>Новая коллекция отдела</translation>
    </message>
    <message>
        <source>You manage it, and let others in.</source>
        <translation>Вы управляете ею и открываете доступ другим.</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>Создать</translation>
    </message>
    <message>
        <source>Leave the department?</source>
        <translation>Выйти из отдела?</translation>
    </message>
    <message>
        <source>Its collections go from this profile; what you added stays on the server.</source>
        <translation>Его коллекции исчезнут из этого профиля; добавленное вами останется на сервере.</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>Выйти</translation>
    </message>
    <message>
        <source>%1: read</source>
        <translation>%1: читать</translation>
    </message>
    <message>
        <source>%1: read and add</source>
        <translation>%1: читать и добавлять</translation>
    </message>
    <message>
        <source>%1: manage</source>
        <translation>%1: управление</translation>
    </message>
    <message>
        <source>Nobody else has joined yet</source>
        <translation>Больше никто пока не присоединился</translation>
    </message>
    <message>
        <source>Take all rights from “%1”?</source>
        <translation>Лишить «%1» всех прав?</translation>
    </message>
    <message>
        <source>Access to every collection of the department ends at once. What was added stays; a key that somebody kept opens nothing without the server.</source>
        <translation>Доступ ко всем коллекциям отдела прекратится сразу. Добавленное останется; сохранённый у кого-то ключ без сервера ничего не откроет.</translation>
    </message>
    <message>
        <source>Is this “%1”?</source>
        <translation>Это действительно «%1»?</translation>
    </message>
    <message>
        <source>Ask for the fingerprint that is shown on the same page there, by telephone or in person. The server shows:
%1</source>
        <translation>Узнайте по телефону или лично отпечаток, который показан на такой же странице у него. Сервер показывает:
%1</translation>
    </message>
    <message>
        <source>It is the same</source>
        <translation>Совпадает</translation>
    </message>
</context>
<context>
    <name>DeviceSection</name>
    <message>
        <source>Models and device</source>
        <translation>Модели и устройство</translation>
    </message>
    <message>
        <source>A change takes effect with the next question.</source>
        <translation>Изменение подействует со следующего вопроса.</translation>
    </message>
    <message>
        <source>Graphics card: %1.</source>
        <translation>Видеокарта: %1.</translation>
    </message>
    <message>
        <source>Use the graphics card</source>
        <translation>Использовать видеокарту</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Модели</translation>
    </message>
    <message>
        <source>Choose which model answers and which one searches.</source>
        <translation>Выбор модели, которая отвечает, и модели, которая ищет.</translation>
    </message>
    <message>
        <source>Show the models</source>
        <translation>Показать модели</translation>
    </message>
</context>
<context>
    <name>DocumentDetails</name>
    <message>
        <source>Split into</source>
        <translation>Разбит на</translation>
    </message>
    <message>
        <source>Cited</source>
        <translation>Цитировался</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Источник</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>Добавлен</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Открыть</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>Спросить</translation>
    </message>
    <message>
        <source>Begin a question about it</source>
        <translation>Задать вопрос об этом документе</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>Прочитать заново</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Оставить</translation>
    </message>
    <message>
        <source>Its file was deleted; the document stays</source>
        <translation>Файл удалён, документ останется здесь</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Удалить</translation>
    </message>
    <message>
        <source>Del</source>
        <translation>Del</translation>
    </message>
    <message>
        <source>Tags, with commas between</source>
        <translation>Метки через запятую</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Метки</translation>
    </message>
    <message>
        <source>A question can be asked of documents with a tag alone</source>
        <translation>Вопрос можно задать только документам с нужной меткой</translation>
    </message>
    <message>
        <source>No tags</source>
        <translation>Меток нет</translation>
    </message>
    <message numerus="yes">
        <source>%n document(s) chosen</source>
        <translation>
            <numerusform>Выбран %n документ</numerusform>
            <numerusform>Выбрано %n документа</numerusform>
            <numerusform>Выбрано %n документов</numerusform>
        </translation>
    </message>
    <message>
        <source>Its file is no longer where it was found.</source>
        <translation>Файла больше нет там, где он был найден.</translation>
    </message>
    <message>
        <source>not yet</source>
        <translation>ещё нет</translation>
    </message>
    <message numerus="yes">
        <source>%n time(s)</source>
        <translation>
            <numerusform>%n раз</numerusform>
            <numerusform>%n раза</numerusform>
            <numerusform>%n раз</numerusform>
        </translation>
    </message>
    <message>
        <source>last %1</source>
        <translation>последний раз — %1</translation>
    </message>
    <message numerus="yes">
        <source>%n passage(s)</source>
        <translation>
            <numerusform>%n отрывок</numerusform>
            <numerusform>%n отрывка</numerusform>
            <numerusform>%n отрывков</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n page(s)</source>
        <translation>
            <numerusform>%n страница</numerusform>
            <numerusform>%n страницы</numerusform>
            <numerusform>%n страниц</numerusform>
        </translation>
    </message>
    <message>
        <source>Russian</source>
        <translation>русский</translation>
    </message>
    <message>
        <source>English</source>
        <translation>английский</translation>
    </message>
    <message numerus="yes">
        <source>%n page(s) recognised</source>
        <translation>
            <numerusform>распознана %n страница</numerusform>
            <numerusform>распознаны %n страницы</numerusform>
            <numerusform>распознано %n страниц</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DocumentPanel</name>
    <message>
        <source>Details</source>
        <extracomment>Between the parts of a heading path, see domain.passages.</extracomment>
        <translation>Сведения</translation>
    </message>
    <message>
        <source>Outline</source>
        <translation>Оглавление</translation>
    </message>
    <message>
        <source>Passages</source>
        <translation>Отрывки</translation>
    </message>
    <message>
        <source>Choose a document to look at it.</source>
        <translation>Выберите документ, чтобы посмотреть его.</translation>
    </message>
    <message>
        <source>It could not be read. Why, and what to do, stands below.</source>
        <translation>Прочитать его не удалось. Почему и что делать — написано ниже.</translation>
    </message>
    <message>
        <source>It is shown as soon as it is read.</source>
        <translation>Он появится, как только будет прочитан.</translation>
    </message>
    <message>
        <source>p. %1</source>
        <translation>стр. %1</translation>
    </message>
    <message>
        <source>This document has no headings.</source>
        <translation>В этом документе нет заголовков.</translation>
    </message>
</context>
<context>
    <name>DocumentViewer</name>
    <message>
        <source>Text of the document</source>
        <extracomment>What loads longer than that is said to be loading.</extracomment>
        <translation>Текст документа</translation>
    </message>
    <message>
        <source>Page of the document</source>
        <translation>Страница документа</translation>
    </message>
    <message>
        <source>The part before</source>
        <translation>Предыдущая часть</translation>
    </message>
    <message>
        <source>The part after</source>
        <translation>Следующая часть</translation>
    </message>
    <message>
        <source>Choose a source under an answer: its document opens here at the very passage.</source>
        <translation>Выберите источник под ответом: документ откроется здесь на нужном отрывке.</translation>
    </message>
    <message>
        <source>Opening the document…</source>
        <translation>Открываю документ…</translation>
    </message>
    <message>
        <source>A long table: rows %1–%2</source>
        <translation>Большая таблица: строки %1–%2</translation>
    </message>
    <message>
        <source>A long document: passages %1–%2 of %3</source>
        <translation>Большой документ: отрывки %1–%2 из %3</translation>
    </message>
</context>
<context>
    <name>Documents</name>
    <message>
        <source>Name</source>
        <extracomment>Rows that come or go one by one; of more the view is told to look anew. Type of a document → the icon before its name. What each column is sorted by. Whether it was told of any, or that there are none.</extracomment>
        <translation>Название</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Тип</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Страниц</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Состояние</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>Добавлен</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>в очереди</translation>
    </message>
    <message>
        <source>being read</source>
        <translation>читается</translation>
    </message>
    <message>
        <source>being indexed</source>
        <translation>индексируется</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>готов</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>не прочитан</translation>
    </message>
    <message>
        <source>file is gone</source>
        <translation>файл исчез</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>пауза</translation>
    </message>
    <message>
        <source>being renewed</source>
        <translation>обновляется</translation>
    </message>
    <message>
        <source>read in part</source>
        <translation>частично</translation>
    </message>
    <message>
        <source>ready · recognised</source>
        <translation>готов · распознан</translation>
    </message>
    <message>
        <source>needs a password</source>
        <translation>нужен пароль</translation>
    </message>
    <message>
        <source>no text</source>
        <translation>нет текста</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>пустой</translation>
    </message>
    <message>
        <source>not found</source>
        <translation>не найден</translation>
    </message>
    <message>
        <source>no permission</source>
        <translation>нет доступа</translation>
    </message>
    <message>
        <source>being written</source>
        <translation>ещё пишется</translation>
    </message>
    <message>
        <source>too large</source>
        <translation>слишком большой</translation>
    </message>
    <message>
        <source>damaged</source>
        <translation>повреждён</translation>
    </message>
    <message>
        <source>unknown format</source>
        <translation>формат неизвестен</translation>
    </message>
    <message>
        <source>took too long</source>
        <translation>слишком долго</translation>
    </message>
    <message>
        <source>today</source>
        <translation>сегодня</translation>
    </message>
    <message>
        <source>yesterday</source>
        <translation>вчера</translation>
    </message>
</context>
<context>
    <name>DocumentsForm</name>
    <message>
        <source>Examples from documents</source>
        <extracomment>`(collection, show)`: has its documents read, "" for all.</extracomment>
        <translation>Примеры из документов</translation>
    </message>
    <message>
        <source>Collection</source>
        <translation>Коллекция</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>Документы</translation>
    </message>
    <message>
        <source>How many examples</source>
        <translation>Сколько примеров</translation>
    </message>
    <message>
        <source>300 to 1,000 teach how to answer from documents; some may be rejected</source>
        <translation>300–1000 примеров учат отвечать по документам; часть может не пройти проверку</translation>
    </message>
    <message>
        <source>Write examples</source>
        <translation>Составить примеры</translation>
    </message>
    <message>
        <source>The model writes questions and answers and checks each against its quote</source>
        <translation>Модель составит вопросы и ответы и сверит каждый с цитатой</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отменить</translation>
    </message>
    <message>
        <source>All collections</source>
        <translation>Все коллекции</translation>
    </message>
    <message>
        <source>There are no documents here. Add some in the library first.</source>
        <translation>Здесь нет документов. Сначала добавьте их в библиотеку.</translation>
    </message>
    <message numerus="yes">
        <source>%n document(s) chosen.</source>
        <translation>
            <numerusform>Выбран %n документ.</numerusform>
            <numerusform>Выбрано %n документа.</numerusform>
            <numerusform>Выбрано %n документов.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>None is ticked: all %n document(s) are used.</source>
        <translation>
            <numerusform>Ничего не отмечено: берётся %n документ.</numerusform>
            <numerusform>Ничего не отмечено: берутся все %n документа.</numerusform>
            <numerusform>Ничего не отмечено: берутся все %n документов.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DocumentsPane</name>
    <message>
        <source>Filter by name</source>
        <extracomment>Pixels from which the head has room for these buttons; the menu behind "…" has both.</extracomment>
        <translation>Фильтр по имени</translation>
    </message>
    <message>
        <source>Enter searches inside the documents</source>
        <translation>Enter — искать внутри документов</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Искать</translation>
    </message>
    <message>
        <source>Search inside the documents</source>
        <translation>Искать внутри документов</translation>
    </message>
    <message>
        <source>Choose a collection</source>
        <translation>Выбрать коллекцию</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Подробнее</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Сведения</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Добавить</translation>
    </message>
    <message>
        <source>Add files</source>
        <translation>Добавить файлы</translation>
    </message>
    <message>
        <source>No documents yet</source>
        <translation>Документов пока нет</translation>
    </message>
    <message>
        <source>No name, tag or type has these words</source>
        <translation>Ни в названиях, ни в метках, ни в типах таких слов нет</translation>
    </message>
    <message>
        <source>They may stand in the documents themselves: search there, or show all again.</source>
        <translation>Возможно, они есть в самих документах: поищите там или покажите снова все.</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Показать все</translation>
    </message>
    <message>
        <source>Take the sample library</source>
        <translation>Взять примеры</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>Документы</translation>
    </message>
    <message>
        <source>Found passages</source>
        <translation>Найденные отрывки</translation>
    </message>
    <message>
        <source>Nobody has added anything to this collection. Editors and administrators can; what they add appears here by itself.</source>
        <translation>В эту коллекцию ещё никто ничего не добавил. Добавлять могут редакторы и администраторы; добавленное появится здесь само.</translation>
    </message>
    <message>
        <source>Drop files or a folder here: PDF, Word, Excel, PowerPoint, mails, web pages, scans and more. They stay on this computer, encrypted. The sample library shows how it works.</source>
        <translation>Перетащите сюда файлы или папку: PDF, Word, Excel, PowerPoint, письма, веб-страницы, сканы и другое. Они остаются на этом компьютере в зашифрованном виде. Библиотека-пример покажет, как это работает.</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Все</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Готовы</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Ждут</translation>
    </message>
    <message>
        <source>Not read</source>
        <translation>Не прочитаны</translation>
    </message>
    <message>
        <source>Read in part</source>
        <translation>Прочитаны частично</translation>
    </message>
    <message>
        <source>File is gone</source>
        <translation>Файл исчез</translation>
    </message>
</context>
<context>
    <name>DocumentsStep</name>
    <message>
        <source>Sample library</source>
        <translation>Учебная библиотека</translation>
    </message>
    <message>
        <source>Documents of a made-up company to try things out; remove it at any time.</source>
        <translation>Документы вымышленной компании, чтобы всё попробовать. Убрать их можно в любой момент.</translation>
    </message>
    <message>
        <source>Your documents</source>
        <translation>Ваши документы</translation>
    </message>
    <message>
        <source>PDF, Word, Excel, mails, pictures and more; a folder with all that is in it.</source>
        <translation>PDF, Word, Excel, письма, картинки и другое; папку — со всем содержимым.</translation>
    </message>
    <message>
        <source>Add the documents to ask about</source>
        <translation>Добавьте документы, о которых будете спрашивать</translation>
    </message>
    <message>
        <source>Larets keeps an encrypted copy; your files stay where they are.</source>
        <translation>Ларец хранит зашифрованную копию, ваши файлы остаются на месте.</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>Взять её</translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation>Папка…</translation>
    </message>
    <message>
        <source>Files…</source>
        <translation>Файлы…</translation>
    </message>
    <message numerus="yes">
        <source>%n document(s)</source>
        <translation>
            <numerusform>%n документ</numerusform>
            <numerusform>%n документа</numerusform>
            <numerusform>%n документов</numerusform>
        </translation>
    </message>
    <message>
        <source>Reading %1 of %2…</source>
        <translation>Читаю %1 из %2…</translation>
    </message>
    <message>
        <source>Add a folder</source>
        <translation>Добавить папку</translation>
    </message>
    <message>
        <source>Add files</source>
        <translation>Добавить файлы</translation>
    </message>
</context>
<context>
    <name>Doing</name>
    <message>
        <source>Stop</source>
        <translation>Остановить</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 из %2</translation>
    </message>
</context>
<context>
    <name>DoorRow</name>
    <message>
        <source>Let programs in</source>
        <extracomment>Those that need no rights of an administrator.</extracomment>
        <translation>Впускать программы</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>Порт</translation>
    </message>
    <message>
        <source>Until it is closed here, or the profile is locked</source>
        <translation>Пока не выключено здесь и профиль не заблокирован</translation>
    </message>
    <message>
        <source>Open: %1 (OpenAI's interface under /v1, MCP under /mcp). It closes when the profile is locked. One question at a time is answered, yours come in between.</source>
        <translation>Доступ открыт: %1 (интерфейс OpenAI — по адресу /v1, MCP — /mcp). При блокировке профиля он закроется. Ответы даются по одному, ваши вопросы проходят между ними.</translation>
    </message>
    <message>
        <source>Closed. Without this window “larets serve” does the same.</source>
        <translation>Доступ закрыт. Без этого окна то же делает «larets serve».</translation>
    </message>
</context>
<context>
    <name>EmptyPane</name>
    <message>
        <source>Nothing found</source>
        <translation>Ничего не найдено</translation>
    </message>
    <message>
        <source>Try other words, or clear the search.</source>
        <translation>Попробуйте другие слова или очистите поиск.</translation>
    </message>
    <message>
        <source>No summaries yet</source>
        <translation>Сводок пока нет</translation>
    </message>
    <message>
        <source>After you leave a conversation, and when the program has nothing else to do, the model writes down its main points, decisions and open questions. Nothing leaves this computer.</source>
        <translation>Когда вы закончите беседу и программа будет свободна, модель запишет главное, решения и открытые вопросы. Ничто не покидает этот компьютер.</translation>
    </message>
</context>
<context>
    <name>EstimateCard</name>
    <message>
        <source>steps</source>
        <translation>шагов</translation>
    </message>
    <message>
        <source>for the whole training</source>
        <translation>на всё обучение</translation>
    </message>
    <message>
        <source>memory needed, of what is free</source>
        <translation>нужно памяти из свободной</translation>
    </message>
    <message>
        <source>Take these settings</source>
        <translation>Взять эти настройки</translation>
    </message>
    <message>
        <source>It fits this machine. The model leaves the chat while it is trained.</source>
        <translation>Этот компьютер справится. На время обучения модель освободит память, занятую чатом.</translation>
    </message>
    <message>
        <source>It does not fit this machine, and no settings would make it fit. Take a smaller model.</source>
        <translation>Памяти этого компьютера не хватит ни при каких настройках. Возьмите модель поменьше.</translation>
    </message>
    <message>
        <source>It does not fit. The nearest that does: %1.</source>
        <translation>Памяти не хватит. Ближайшее, что поместится: %1.</translation>
    </message>
</context>
<context>
    <name>ExamDetail</name>
    <message>
        <source>Change the question</source>
        <translation>Изменить вопрос</translation>
    </message>
    <message>
        <source>Remove the question</source>
        <translation>Удалить вопрос</translation>
    </message>
    <message>
        <source>The documents do not answer it.</source>
        <translation>В документах нет ответа.</translation>
    </message>
    <message>
        <source>Cited: %1 · %2 s</source>
        <translation>Источники: %1 · %2 с</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Раньше</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>ExamPanel</name>
    <message>
        <source>Test questions</source>
        <extracomment>The share of the height that the list has, and that the chosen question has.</extracomment>
        <translation>Проверочные вопросы</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Проверить</translation>
    </message>
    <message>
        <source>Have all test questions answered</source>
        <translation>Задать ассистенту все проверочные вопросы</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Остановить</translation>
    </message>
    <message>
        <source>What was answered so far is not kept</source>
        <translation>Уже полученные ответы не сохранятся</translation>
    </message>
    <message>
        <source>Add a test question</source>
        <translation>Добавить проверочный вопрос</translation>
    </message>
    <message>
        <source>Add test questions of a file</source>
        <translation>Загрузить проверочные вопросы из файла</translation>
    </message>
    <message>
        <source>Compare with</source>
        <translation>С чем сравнить</translation>
    </message>
    <message>
        <source>A test question says what a good answer has: words, a document that it cites, or that there is no answer. Run them after every change, and see what it made better or worse.</source>
        <translation>В проверочном вопросе указано, каким должен быть ответ: какие в нём слова, на какой документ он ссылается или что ответа быть не должно. Проверяйте ассистента после каждого изменения — и увидите, что стало лучше, а что хуже.</translation>
    </message>
    <message>
        <source>With the last run</source>
        <translation>С прошлой проверкой</translation>
    </message>
    <message>
        <source>Against %1</source>
        <translation>Рядом: %1</translation>
    </message>
    <message>
        <source>Version %1</source>
        <translation>Версия %1</translation>
    </message>
    <message>
        <source>Readers run test questions; an editor may change them.</source>
        <translation>Читатели запускают проверку, менять вопросы могут редакторы.</translation>
    </message>
    <message>
        <source>passed</source>
        <translation>пройден</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>не прочитан</translation>
    </message>
    <message>
        <source>The test question was removed.</source>
        <translation>Проверочный вопрос удалён.</translation>
    </message>
    <message>
        <source>Test questions of a file</source>
        <translation>Проверочные вопросы из файла</translation>
    </message>
    <message numerus="yes">
        <source>%n test question(s) added.</source>
        <translation>
            <numerusform>Добавлен %n проверочный вопрос.</numerusform>
            <numerusform>Добавлено %n проверочных вопроса.</numerusform>
            <numerusform>Добавлено %n проверочных вопросов.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExamWords</name>
    <message>
        <source>Expected: that the documents do not answer it</source>
        <translation>Ожидается, что ответа в документах нет</translation>
    </message>
    <message>
        <source>“%1”</source>
        <translation>«%1»</translation>
    </message>
    <message>
        <source>Expected: %1</source>
        <translation>Ожидается: %1</translation>
    </message>
    <message>
        <source>%1, p. %2</source>
        <translation>%1, с. %2</translation>
    </message>
    <message>
        <source>Missing: %1.</source>
        <translation>Нет слов: %1.</translation>
    </message>
    <message>
        <source>Not cited: %1.</source>
        <translation>Нет ссылки на %1.</translation>
    </message>
    <message>
        <source>It was answered, though nothing should have been found.</source>
        <translation>Ответ дан, хотя в документах ничего не должно было найтись.</translation>
    </message>
    <message>
        <source>source: %1</source>
        <translation>источник: %1</translation>
    </message>
    <message>
        <source>no source</source>
        <translation>нет</translation>
    </message>
    <message>
        <source>won</source>
        <translation>выиграл</translation>
    </message>
    <message>
        <source>lost</source>
        <translation>проиграл</translation>
    </message>
    <message>
        <source>better</source>
        <translation>лучше</translation>
    </message>
    <message>
        <source>worse</source>
        <translation>хуже</translation>
    </message>
    <message>
        <source>new</source>
        <translation>новый</translation>
    </message>
    <message>
        <source>%1 of %2 passed</source>
        <translation>Пройдено %1 из %2</translation>
    </message>
    <message>
        <source>Asked %1, for the first time.</source>
        <translation>Первая проверка: %1.</translation>
    </message>
    <message>
        <source>Compared with the run of %1: %2.</source>
        <translation>По сравнению с проверкой от %1: %2.</translation>
    </message>
    <message>
        <source>nothing better, nothing worse</source>
        <translation>не лучше и не хуже</translation>
    </message>
    <message>
        <source>better %1, worse %2</source>
        <translation>лучше %1, хуже %2</translation>
    </message>
    <message>
        <source>Nothing that answers depend on has changed.</source>
        <translation>Всё, от чего зависят ответы, осталось прежним.</translation>
    </message>
    <message>
        <source>Changed meanwhile: %1.</source>
        <translation>С тех пор изменились: %1.</translation>
    </message>
    <message>
        <source>the program</source>
        <translation>программа</translation>
    </message>
    <message>
        <source>the model</source>
        <translation>модель</translation>
    </message>
    <message>
        <source>adapters</source>
        <translation>адаптеры</translation>
    </message>
    <message>
        <source>the instruction</source>
        <translation>инструкция</translation>
    </message>
    <message>
        <source>length or freedom</source>
        <translation>длина или вольность ответа</translation>
    </message>
    <message>
        <source>the choice of collections</source>
        <translation>выбор коллекций</translation>
    </message>
    <message>
        <source>documents</source>
        <translation>документы</translation>
    </message>
    <message>
        <source>Against “%1”, which passed %2: won %3, lost %4, even %5.</source>
        <translation>Рядом с «%1» (пройдено %2): выиграно %3, проиграно %4, вничью %5.</translation>
    </message>
    <message>
        <source>Of those that differ, %1–%2 % are won (95 % interval).</source>
        <translation>Из вопросов с разным исходом выиграно %1–%2 % (95-процентный интервал).</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export “%1”</source>
        <translation>Экспорт «%1»</translation>
    </message>
    <message>
        <source>One file with the documents and all that was read of them, encrypted with a passphrase and signed with your key. Do not send the passphrase along with the file, and keep it: without it nobody can open the file.</source>
        <translation>Один файл с документами и всем, что в них прочитано: зашифрован парольной фразой и подписан вашим ключом. Не отправляйте фразу вместе с файлом и сохраните её: без неё файл не откроет никто.</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Парольная фраза</translation>
    </message>
    <message>
        <source>Passphrase once more</source>
        <translation>Парольная фраза ещё раз</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Сохранить в файл…</translation>
    </message>
    <message>
        <source>The two are not the same.</source>
        <translation>Фразы не совпадают.</translation>
    </message>
    <message>
        <source>Export the collection</source>
        <translation>Экспорт коллекции</translation>
    </message>
    <message>
        <source>Collections (*%1)</source>
        <translation>Коллекции (*%1)</translation>
    </message>
</context>
<context>
    <name>FileForm</name>
    <message>
        <source>Question</source>
        <extracomment>Formats whose columns a user may choose; the others name them themselves.</extracomment>
        <translation>Вопрос</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Ответ</translation>
    </message>
    <message>
        <source>Column of: %1</source>
        <translation>Столбец: %1</translation>
    </message>
    <message>
        <source>The first examples of the file</source>
        <translation>Первые примеры из файла</translation>
    </message>
    <message>
        <source>Add examples</source>
        <translation>Добавить примеры</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отменить</translation>
    </message>
    <message>
        <source>Say which column is the question and which the answer.</source>
        <translation>Укажите, в каком столбце вопрос, а в каком ответ.</translation>
    </message>
    <message>
        <source>Question and answer must be two columns.</source>
        <translation>Вопрос и ответ должны быть в разных столбцах.</translation>
    </message>
</context>
<context>
    <name>FindLine</name>
    <message>
        <source>Find in the document</source>
        <extracomment>After the last letter, until it is looked for. More places than that nobody counts.</extracomment>
        <translation>Найти в документе</translation>
    </message>
    <message>
        <source>Previous</source>
        <translation>Предыдущее</translation>
    </message>
    <message>
        <source>Shift+Enter</source>
        <translation>Shift+Enter</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Следующее</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Close the search</source>
        <translation>Закрыть поиск</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>не найдено</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 из %2</translation>
    </message>
    <message>
        <source>searching…</source>
        <translation>ищу…</translation>
    </message>
</context>
<context>
    <name>FirstRunPage</name>
    <message>
        <source>Language</source>
        <extracomment>Of the steps, in their order.</extracomment>
        <translation>Язык</translation>
    </message>
    <message>
        <source>Profile and key</source>
        <translation>Профиль и ключ</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Модель</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>Документы</translation>
    </message>
    <message>
        <source>First question</source>
        <translation>Первый вопрос</translation>
    </message>
    <message>
        <source>Larets</source>
        <translation>Ларец</translation>
    </message>
    <message>
        <source>Nothing leaves this computer. You can stop at any step; what is done stays done.</source>
        <translation>Ничего не уходит с этого компьютера. Прервать можно на любом шаге: всё сделанное останется.</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Назад</translation>
    </message>
    <message>
        <source>Finish later</source>
        <translation>Закончить позже</translation>
    </message>
</context>
<context>
    <name>FoundSourceList</name>
    <message>
        <source>Passages that an answer may use are listed here.</source>
        <translation>Здесь будут отрывки, которыми может воспользоваться ответ.</translation>
    </message>
    <message>
        <source>The same in: %1</source>
        <translation>То же самое в: %1</translation>
    </message>
    <message>
        <source>Open in the document</source>
        <translation>Открыть в документе</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>Добавлен</translation>
    </message>
    <message>
        <source>Pin: use this passage for the next questions too</source>
        <translation>Закрепить: использовать и в следующих вопросах</translation>
    </message>
    <message>
        <source>Take it in again</source>
        <translation>Вернуть отрывок</translation>
    </message>
    <message>
        <source>Leave this passage out</source>
        <translation>Исключить этот отрывок</translation>
    </message>
    <message>
        <source>Chosen by you</source>
        <translation>Выбран вами</translation>
    </message>
</context>
<context>
    <name>Frame</name>
    <message>
        <source>Lock</source>
        <translation>Заблокировать</translation>
    </message>
    <message>
        <source>No answer from %1</source>
        <translation>%1 не отвечает</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>Без сети</translation>
    </message>
    <message>
        <source>Larets opens no network connections</source>
        <translation>Ларец не открывает сетевых соединений</translation>
    </message>
    <message>
        <source>Processes of their own pass on to these servers, and to no other address. This program and all its other processes open no network connections.</source>
        <translation>Отдельные процессы передают данные на эти серверы и ни на какой другой адрес. Сама программа и все остальные её процессы сетевых соединений не открывают.</translation>
    </message>
    <message>
        <source>Keyboard</source>
        <translation>Клавиши</translation>
    </message>
    <message>
        <source>Theme of the system</source>
        <translation>Тема системы</translation>
    </message>
    <message>
        <source>Department away</source>
        <translation>Отдел недоступен</translation>
    </message>
    <message>
        <source>Department network</source>
        <translation>Сеть отдела</translation>
    </message>
    <message>
        <source>Connected to %1</source>
        <translation>Соединение с %1</translation>
    </message>
    <message>
        <source>Every attempt, also of a library inside it, is refused.</source>
        <translation>Любая попытка, в том числе внутри библиотек, отклоняется.</translation>
    </message>
    <message>
        <source>Refused since the start: %1.</source>
        <translation>Отклонено с момента запуска: %1.</translation>
    </message>
    <message>
        <source>Light theme</source>
        <translation>Светлая тема</translation>
    </message>
    <message>
        <source>Dark theme</source>
        <translation>Тёмная тема</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Справка</translation>
    </message>
    <message>
        <source>Health check</source>
        <translation>Проверка состояния</translation>
    </message>
</context>
<context>
    <name>GreetingCard</name>
    <message numerus="yes">
        <source>%n conversation(s) will be summarised while nobody asks.</source>
        <translation>
            <numerusform>%n беседа будет сведена, когда никто не спрашивает.</numerusform>
            <numerusform>%n беседы будут сведены, когда никто не спрашивает.</numerusform>
            <numerusform>%n бесед будут сведены, когда никто не спрашивает.</numerusform>
        </translation>
    </message>
    <message>
        <source>Last time, %1</source>
        <translation>В прошлый раз, %1</translation>
    </message>
    <message>
        <source>Ask: %1</source>
        <translation>Спросить: %1</translation>
    </message>
    <message>
        <source>Documents: %1</source>
        <translation>Документы: %1</translation>
    </message>
    <message>
        <source>Continue the conversation</source>
        <translation>Продолжить беседу</translation>
    </message>
    <message>
        <source>The whole summary</source>
        <translation>Вся сводка</translation>
    </message>
</context>
<context>
    <name>GridView</name>
    <message>
        <source>Cells of the sheet</source>
        <extracomment>Pixels of a column at least and at most, and of a row; rows that the widths are taken from. Cells that are copied at most.</extracomment>
        <translation>Ячейки листа</translation>
    </message>
    <message>
        <source>Sheets</source>
        <translation>Листы</translation>
    </message>
</context>
<context>
    <name>HealthDialog</name>
    <message>
        <source>Health check</source>
        <translation>Проверка состояния</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>Проверяю…</translation>
    </message>
    <message>
        <source>Save report…</source>
        <translation>Сохранить отчёт…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>В порядке</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>Проблема</translation>
    </message>
    <message>
        <source>Repair</source>
        <translation>Исправить</translation>
    </message>
    <message numerus="yes">
        <source>%n problem(s) found</source>
        <translation>
            <numerusform>Найдена %n проблема</numerusform>
            <numerusform>Найдены %n проблемы</numerusform>
            <numerusform>Найдено %n проблем</numerusform>
        </translation>
    </message>
    <message>
        <source>Everything is in order</source>
        <translation>Всё в порядке</translation>
    </message>
    <message>
        <source>The check could not be finished</source>
        <translation>Проверку не удалось завершить</translation>
    </message>
</context>
<context>
    <name>HelpWindow</name>
    <message>
        <source>Help</source>
        <extracomment>The page of keys, which the menu leads to.</extracomment>
        <translation>Справка</translation>
    </message>
    <message>
        <source>Search the help</source>
        <translation>Поиск по справке</translation>
    </message>
    <message>
        <source>Enter goes to the next place</source>
        <translation>Enter — к следующему месту</translation>
    </message>
    <message>
        <source>Pages of the help</source>
        <translation>Страницы справки</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Назад</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>Вперёд</translation>
    </message>
    <message>
        <source>No page has these words.</source>
        <translation>Ни на одной странице нет этих слов.</translation>
    </message>
    <message>
        <source>This leads out of Larets</source>
        <translation>Адрес вне Ларца</translation>
    </message>
    <message>
        <source>Larets opens no network connections: open the address in a browser.</source>
        <translation>Ларец не открывает сетевых соединений: откройте адрес в браузере.</translation>
    </message>
</context>
<context>
    <name>IconGrid</name>
    <message>
        <source>Conversation</source>
        <extracomment>Files of resources/icons, in the order of the grid.</extracomment>
        <translation>Беседа</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Люди</translation>
    </message>
    <message>
        <source>Briefcase</source>
        <translation>Портфель</translation>
    </message>
    <message>
        <source>Scales</source>
        <translation>Весы</translation>
    </message>
    <message>
        <source>Scroll</source>
        <translation>Свиток</translation>
    </message>
    <message>
        <source>Receipt</source>
        <translation>Чек</translation>
    </message>
    <message>
        <source>Calculator</source>
        <translation>Калькулятор</translation>
    </message>
    <message>
        <source>Chart</source>
        <translation>График</translation>
    </message>
    <message>
        <source>Public building</source>
        <translation>Учреждение</translation>
    </message>
    <message>
        <source>Wrench</source>
        <translation>Гаечный ключ</translation>
    </message>
    <message>
        <source>Factory</source>
        <translation>Завод</translation>
    </message>
    <message>
        <source>Hard hat</source>
        <translation>Каска</translation>
    </message>
    <message>
        <source>Lorry</source>
        <translation>Грузовик</translation>
    </message>
    <message>
        <source>Flask</source>
        <translation>Колба</translation>
    </message>
    <message>
        <source>Health</source>
        <translation>Здоровье</translation>
    </message>
    <message>
        <source>Graduation cap</source>
        <translation>Обучение</translation>
    </message>
    <message>
        <source>Headphones</source>
        <translation>Наушники</translation>
    </message>
    <message>
        <source>Light bulb</source>
        <translation>Лампочка</translation>
    </message>
</context>
<context>
    <name>ImportDialog</name>
    <message>
        <source>Import adapter</source>
        <extracomment>Whose signature is no reason to look twice.</extracomment>
        <translation>Загрузить адаптер</translation>
    </message>
    <message>
        <source>Nobody has signed this file, so nobody can tell whether it was changed. Take it in only if you know where it comes from.</source>
        <translation>Этот файл никем не подписан, поэтому нельзя узнать, меняли ли его. Загрузите его, только если знаете, откуда он.</translation>
    </message>
    <message>
        <source>Compare these digits with whoever gave you the file, by telephone for example. If they differ, somebody has put another adapter in its place. If you import it, this signature is known from now on.</source>
        <translation>Сверьте эти знаки с тем, кто дал вам файл, например по телефону. Если они не совпадают, адаптер подменили. После загрузки эта подпись станет здесь известной.</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Загрузить</translation>
    </message>
    <message>
        <source>Import all the same</source>
        <translation>Всё равно загрузить</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>Import a collection</source>
        <translation>Импорт коллекции</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Парольная фраза</translation>
    </message>
    <message>
        <source>Name of the collection</source>
        <translation>Название коллекции</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Открыть</translation>
    </message>
    <message>
        <source>Take in</source>
        <translation>Принять</translation>
    </message>
    <message>
        <source>Signed by %1</source>
        <translation>Подпись: %1</translation>
    </message>
    <message>
        <source>It is the key of %1 in this workspace.</source>
        <translation>Это ключ участника «%1» этого хранилища.</translation>
    </message>
    <message>
        <source>This key is unknown here: anybody can give himself any name. Ask the sender for the sixteen digits in another way, and compare.</source>
        <translation>Этот ключ здесь неизвестен, а назваться можно любым именем. Узнайте у отправителя эти шестнадцать знаков другим путём и сравните.</translation>
    </message>
    <message numerus="yes">
        <source>%n document(s)</source>
        <translation>
            <numerusform>%n документ</numerusform>
            <numerusform>%n документа</numerusform>
            <numerusform>%n документов</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n passage(s)</source>
        <translation>
            <numerusform>%n отрывок</numerusform>
            <numerusform>%n отрывка</numerusform>
            <numerusform>%n отрывков</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n document(s) of the sender’s had not been read.</source>
        <translation>
            <numerusform>%n документ отправителя не был прочитан.</numerusform>
            <numerusform>%n документа отправителя не были прочитаны.</numerusform>
            <numerusform>%n документов отправителя не были прочитаны.</numerusform>
        </translation>
    </message>
    <message>
        <source>It was embedded by “%1”, and another model is in use here: the documents are found by their words at once, and by meaning once they have been read anew.</source>
        <translation>Векторы построила модель «%1», а здесь работает другая: по словам документы находятся сразу, по смыслу — после того, как будут прочитаны заново.</translation>
    </message>
    <message>
        <source>It is private, and stays so: for you alone.</source>
        <translation>Коллекция закрытая и останется такой: её увидите только вы.</translation>
    </message>
</context>
<context>
    <name>Intake</name>
    <message>
        <source>Cancel</source>
        <extracomment>A copy reports every megabyte; ten times a second is seen. Seconds after which the speed tells something of what remains.</extracomment>
        <translation>Отменить</translation>
    </message>
    <message>
        <source>Stop adding; nothing half-copied stays behind</source>
        <translation>Прервать добавление; недокопированного не останется</translation>
    </message>
    <message>
        <source>Looking at %1…</source>
        <translation>Проверка %1…</translation>
    </message>
    <message>
        <source>%1: %2 %</source>
        <translation>%1: %2 %</translation>
    </message>
    <message>
        <source>working out the time…</source>
        <translation>оцениваем время…</translation>
    </message>
    <message>
        <source>about %1 s left</source>
        <translation>осталось около %1 с</translation>
    </message>
    <message>
        <source>about %1 min left</source>
        <translation>осталось около %1 мин</translation>
    </message>
    <message numerus="yes">
        <source>%n more waiting</source>
        <translation>
            <numerusform>ещё %n в очереди</numerusform>
            <numerusform>ещё %n в очереди</numerusform>
            <numerusform>ещё %n в очереди</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>JoiningDialog</name>
    <message>
        <source>Address</source>
        <translation>Адрес</translation>
    </message>
    <message>
        <source>Password of that role, if it has one</source>
        <translation>Пароль этой роли, если он есть</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>Found a department</source>
        <translation>Создание отдела</translation>
    </message>
    <message>
        <source>The address of an empty database with pgvector, as a superuser, who is needed this once. You become the department's administrator.</source>
        <translation>Адрес пустой базы данных с pgvector от имени суперпользователя (он нужен только сейчас). Вы станете администратором отдела.</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>Создать</translation>
    </message>
    <message>
        <source>Join a department</source>
        <translation>Присоединение к отделу</translation>
    </message>
    <message>
        <source>The address and the password that the department's administrator gave you.</source>
        <translation>Адрес и пароль, которые вам дал администратор отдела.</translation>
    </message>
    <message>
        <source>Join</source>
        <translation>Присоединиться</translation>
    </message>
</context>
<context>
    <name>KeyPaper</name>
    <message>
        <source>Profile: %1</source>
        <translation>Профиль: %1</translation>
    </message>
    <message>
        <source>Whoever has this key can open the profile. Keep the sheet under lock and key, away from the computer.</source>
        <translation>Тот, у кого есть этот ключ, может открыть профиль. Храните лист под замком и отдельно от компьютера.</translation>
    </message>
    <message>
        <source>Forgotten password: on the log-in card choose “Recovery key” and type these groups; then you set a new password.</source>
        <translation>Если пароль забыт: на экране входа выберите «Ключ восстановления» и введите эти группы, затем задайте новый пароль.</translation>
    </message>
</context>
<context>
    <name>KeyWords</name>
    <message>
        <source>Search</source>
        <translation>Искать</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>Спросить</translation>
    </message>
    <message>
        <source>List documents</source>
        <translation>Список документов</translation>
    </message>
    <message>
        <source>List assistants</source>
        <translation>Список ассистентов</translation>
    </message>
    <message>
        <source>Compute embeddings</source>
        <translation>Вычисление векторов</translation>
    </message>
    <message>
        <source>Add documents</source>
        <translation>Добавить документы</translation>
    </message>
    <message>
        <source>%1 · only %2</source>
        <translation>%1 · только %2</translation>
    </message>
</context>
<context>
    <name>KeysKind</name>
    <message>
        <source>Other programs</source>
        <translation>Другие программы</translation>
    </message>
    <message>
        <source>Programs of this computer can search and ask with a key of yours, with your rights and never more. Help: “Other programs”.</source>
        <translation>Программы этого компьютера могут искать и спрашивать с вашим ключом — с вашими правами и не более. Справка: «Другие программы».</translation>
    </message>
    <message>
        <source>New key…</source>
        <translation>Новый ключ…</translation>
    </message>
    <message>
        <source>Revoke…</source>
        <translation>Отозвать…</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Название</translation>
    </message>
    <message>
        <source>May</source>
        <translation>Может</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>Создан</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>Использован</translation>
    </message>
    <message>
        <source>revoked %1</source>
        <translation>отозван %1</translation>
    </message>
    <message>
        <source>never</source>
        <translation>никогда</translation>
    </message>
    <message>
        <source>Revoke the key “%1”?</source>
        <translation>Отозвать ключ «%1»?</translation>
    </message>
    <message>
        <source>The program that has it is refused from now on. It cannot be made valid again; a new key can be made.</source>
        <translation>Программе с этим ключом с этой минуты будет отказано. Вернуть его нельзя, можно создать новый.</translation>
    </message>
    <message>
        <source>Revoke</source>
        <translation>Отозвать</translation>
    </message>
</context>
<context>
    <name>LackingCard</name>
    <message>
        <source>What the library lacks</source>
        <extracomment>Groups that are shown, and of each how many other wordings. Pixels of how often, so that the questions stand in line.</extracomment>
        <translation>Чего не хватает в библиотеке</translation>
    </message>
    <message>
        <source>Add documents…</source>
        <translation>Добавить документы…</translation>
    </message>
    <message>
        <source>Add documents that answer these questions</source>
        <translation>Добавить документы с ответами на эти вопросы</translation>
    </message>
    <message>
        <source>Questions are being put together by their meaning…</source>
        <translation>Вопросы группируются по смыслу…</translation>
    </message>
    <message>
        <source>Every question of this period found an answer.</source>
        <translation>В этот период на каждый вопрос нашёлся ответ.</translation>
    </message>
    <message numerus="yes">
        <source>%n more subject(s) stand in an export.</source>
        <translation>
            <numerusform>Ещё %n тема есть в выгрузке.</numerusform>
            <numerusform>Ещё %n темы есть в выгрузке.</numerusform>
            <numerusform>Ещё %n тем есть в выгрузке.</numerusform>
        </translation>
    </message>
    <message>
        <source>Questions that the documents did not answer, by their meaning.</source>
        <translation>Вопросы, на которые документы не ответили, по смыслу.</translation>
    </message>
    <message>
        <source>“%1”</source>
        <translation>«%1»</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>Спросить снова</translation>
    </message>
    <message numerus="yes">
        <source>%n time(s)</source>
        <translation>
            <numerusform>%n раз</numerusform>
            <numerusform>%n раза</numerusform>
            <numerusform>%n раз</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LanguageStep</name>
    <message>
        <source>Choose your language</source>
        <translation>Выберите язык</translation>
    </message>
    <message>
        <source>Answers come in the language of the question, whatever you choose here.</source>
        <translation>Отвечает Ларец на языке вопроса, что бы вы здесь ни выбрали.</translation>
    </message>
</context>
<context>
    <name>LeftOutFiles</name>
    <message>
        <source>without a suffix</source>
        <extracomment>Suffixes that are named; of more there is the number alone.</extracomment>
        <translation>без расширения</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) of formats that are not read were left out</source>
        <translation>
            <numerusform>Пропущен %n файл нечитаемого формата</numerusform>
            <numerusform>Пропущено %n файла нечитаемых форматов</numerusform>
            <numerusform>Пропущено %n файлов нечитаемых форматов</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LibraryPage</name>
    <message>
        <source>Add files</source>
        <extracomment>A burst of changes reloads the table once. Passages that a search shows.</extracomment>
        <translation>Добавить файлы</translation>
    </message>
    <message>
        <source>Add a folder</source>
        <translation>Добавить папку</translation>
    </message>
    <message>
        <source>Watch a folder…</source>
        <translation>Отслеживать папку…</translation>
    </message>
    <message>
        <source>Add a database…</source>
        <translation>Добавить базу данных…</translation>
    </message>
    <message>
        <source>New collection…</source>
        <translation>Новая коллекция…</translation>
    </message>
    <message>
        <source>Search inside the documents</source>
        <translation>Искать внутри документов</translation>
    </message>
    <message>
        <source>Watched folders…</source>
        <translation>Отслеживаемые папки…</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Сведения</translation>
    </message>
    <message>
        <source>Remove the sample documents</source>
        <translation>Удалить учебные документы</translation>
    </message>
</context>
<context>
    <name>LogKind</name>
    <message>
        <source>Audit log</source>
        <extracomment>Rows that are shown, the newest; a search looks through all. Milliseconds after the last key.</extracomment>
        <translation>Журнал</translation>
    </message>
    <message>
        <source>Who did what, never questions or answers. Each entry is sealed over all before it and signed by the profile that acted.</source>
        <translation>Кто что делал, без вопросов и ответов. Каждая запись опечатывает все прежние и подписана профилем, который действовал.</translation>
    </message>
    <message>
        <source>Find a profile, an act or a name</source>
        <translation>Найти профиль, действие или название</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>Проверить</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Сохранить в файл…</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Когда</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>Профиль</translation>
    </message>
    <message>
        <source>Act</source>
        <translation>Действие</translation>
    </message>
    <message>
        <source>Of what</source>
        <translation>Над чем</translation>
    </message>
    <message>
        <source>Not verified yet in this session.</source>
        <translation>В этом сеансе ещё не проверялся.</translation>
    </message>
    <message>
        <source>Verified: no entry was changed, removed or put in.</source>
        <translation>Проверено: записи не меняли, не удаляли и не вставляли.</translation>
    </message>
    <message>
        <source>Broken: entries were changed, removed or put in. Compare with a backup.</source>
        <translation>Цепь нарушена: записи меняли, удаляли или вставляли. Сравните с резервной копией.</translation>
    </message>
    <message>
        <source>The newest %1 of %2 entries; an export has all.</source>
        <translation>Новейшие %1 из %2 записей; выгрузка содержит все.</translation>
    </message>
    <message>
        <source>Entries: %1</source>
        <translation>Записей: %1</translation>
    </message>
    <message>
        <source>Export the audit log</source>
        <translation>Выгрузка журнала</translation>
    </message>
</context>
<context>
    <name>LoginPage</name>
    <message>
        <source>Larets</source>
        <extracomment>The card's faces: unlock, a forgotten password.</extracomment>
        <translation>Ларец</translation>
    </message>
    <message>
        <source>Your data is encrypted. No network is used.</source>
        <translation>Данные зашифрованы. Сеть не используется.</translation>
    </message>
    <message>
        <source>Health check</source>
        <translation>Проверка состояния</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>Профиль</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Пароль</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>Открыть</translation>
    </message>
    <message>
        <source>Recovery key</source>
        <translation>Ключ восстановления</translation>
    </message>
    <message>
        <source>Unlocking…</source>
        <translation>Открываю…</translation>
    </message>
</context>
<context>
    <name>LossChart</name>
    <message>
        <source>Loss in training and on held-out examples</source>
        <translation>Ошибка на обучении и на проверке</translation>
    </message>
    <message>
        <source>How far the model is from the wanted answers; lower is better.</source>
        <translation>Насколько модель далека от нужных ответов; чем ниже, тем лучше.</translation>
    </message>
    <message>
        <source>training</source>
        <translation>обучение</translation>
    </message>
    <message>
        <source>held out</source>
        <translation>проверка</translation>
    </message>
    <message>
        <source>best at %1</source>
        <translation>лучшее на шаге %1</translation>
    </message>
    <message>
        <source>loss %1</source>
        <translation>ошибка %1</translation>
    </message>
    <message>
        <source>held out %1</source>
        <translation>на проверке %1</translation>
    </message>
    <message>
        <source>step %1</source>
        <translation>шаг %1</translation>
    </message>
</context>
<context>
    <name>LossesCard</name>
    <message>
        <source>Something was lost or put back</source>
        <translation>Что-то пропало или возвращено назад</translation>
    </message>
    <message>
        <source>Opened for reading</source>
        <translation>Открыто для чтения</translation>
    </message>
    <message>
        <source>I have taken note</source>
        <translation>Принято к сведению</translation>
    </message>
</context>
<context>
    <name>MachinePart</name>
    <message>
        <source>This computer</source>
        <translation>Этот компьютер</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>Процессор</translation>
    </message>
    <message>
        <source>Cores</source>
        <translation>Ядра</translation>
    </message>
    <message>
        <source>Instructions</source>
        <translation>Инструкции</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Память</translation>
    </message>
    <message>
        <source>Graphics card</source>
        <translation>Видеокарта</translation>
    </message>
</context>
<context>
    <name>MembersKind</name>
    <message>
        <source>Profiles</source>
        <translation>Профили</translation>
    </message>
    <message>
        <source>Each has conversations of its own, which nobody else reads. Roles are signed.</source>
        <translation>У каждого свои беседы, которых никто другой не читает. Роли подписаны.</translation>
    </message>
    <message>
        <source>New profile…</source>
        <translation>Новый профиль…</translation>
    </message>
    <message>
        <source>Change the role</source>
        <translation>Сменить роль</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Удалить…</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Имя</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Роль</translation>
    </message>
    <message>
        <source>Last seen</source>
        <translation>Был</translation>
    </message>
    <message>
        <source>Collections</source>
        <translation>Коллекции</translation>
    </message>
    <message>
        <source>A role is signed with an administrator's key: files that somebody edits do not change it. When a profile is deleted or loses rights, the workspace gets a new key at the next lock, and older copies of “workspace.json” open nothing in it any more. What somebody copied before, with its files, they can still open.</source>
        <translation>Роль подписана ключом администратора: правкой файлов её не изменить. Когда профиль удалён или теряет права, при следующей блокировке хранилище получает новый ключ, и прежние копии «workspace.json» в нём больше ничего не открывают. Скопированное раньше вместе с файлами открыть по-прежнему можно.</translation>
    </message>
    <message>
        <source>never</source>
        <translation>никогда</translation>
    </message>
    <message>
        <source>%1 (you)</source>
        <translation>%1 (вы)</translation>
    </message>
    <message>
        <source>now</source>
        <translation>сейчас</translation>
    </message>
    <message>
        <source>Its conversations and summaries are deleted with it, and cannot be restored but from a backup. Collections that others read stay.</source>
        <translation>Его беседы и сводки будут удалены вместе с ним, вернуть их можно только из резервной копии. Коллекции, которые читают другие, останутся.</translation>
    </message>
    <message>
        <source>These private collections are open to nobody else and go as well: %1</source>
        <translation>Эти закрытые коллекции больше никому не открыты и пропадут тоже: %1</translation>
    </message>
    <message>
        <source>Delete the profile “%1”?</source>
        <translation>Удалить профиль «%1»?</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Удалить</translation>
    </message>
</context>
<context>
    <name>MemorySection</name>
    <message>
        <source>Summaries and memory</source>
        <translation>Сводки и память</translation>
    </message>
    <message>
        <source>Summarise conversations</source>
        <translation>Составлять сводки бесед</translation>
    </message>
    <message>
        <source>While nobody asks, by the model on this computer. Later answers can use them.</source>
        <translation>Когда никто не спрашивает, моделью на этом компьютере. Следующие ответы могут на них опираться.</translation>
    </message>
</context>
<context>
    <name>ModelAsking</name>
    <message>
        <source>Add model</source>
        <translation>Добавление модели</translation>
    </message>
</context>
<context>
    <name>ModelCard</name>
    <message>
        <source>in use</source>
        <extracomment>What an icon button has around its picture, so that the picture ends where the text does.</extracomment>
        <translation>используется</translation>
    </message>
    <message>
        <source>file is away</source>
        <translation>файл недоступен</translation>
    </message>
    <message>
        <source>Connect the disk or share on which it lies.</source>
        <translation>Подключите диск или сетевую папку, где он лежит.</translation>
    </message>
    <message>
        <source>Tokens a second on this machine; a word has about two.</source>
        <translation>Токенов в секунду на этом компьютере; в слове их примерно два.</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>Выбрать</translation>
    </message>
    <message>
        <source>Use %1</source>
        <translation>Выбрать %1</translation>
    </message>
    <message>
        <source>Answer with this model from the next question on</source>
        <translation>Отвечать этой моделью, начиная со следующего вопроса</translation>
    </message>
    <message>
        <source>Search with this model</source>
        <translation>Искать с этой моделью</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>Измерить</translation>
    </message>
    <message>
        <source>Measure %1</source>
        <translation>Измерить скорость %1</translation>
    </message>
    <message>
        <source>Read and write a little, and see how fast this machine is</source>
        <translation>Прочитать и написать немного текста и узнать скорость этого компьютера</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Остановить</translation>
    </message>
    <message>
        <source>Stop measuring</source>
        <translation>Остановить измерение</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>Удалить %1</translation>
    </message>
    <message>
        <source>It is in use: choose another model first.</source>
        <translation>Модель используется: сначала выберите другую.</translation>
    </message>
    <message>
        <source>It came with Larets: whoever set it up can delete its folder.</source>
        <translation>Она установлена вместе с Ларцом: её папку может удалить тот, кто его устанавливал.</translation>
    </message>
    <message>
        <source>Only an administrator may change models.</source>
        <translation>Менять модели может только администратор.</translation>
    </message>
</context>
<context>
    <name>ModelCardList</name>
    <message>
        <source>Models</source>
        <extracomment>In the order of the sections.</extracomment>
        <translation>Модели</translation>
    </message>
    <message>
        <source>CHAT MODELS: THEY ANSWER</source>
        <translation>ЧАТ-МОДЕЛИ: ДЛЯ ОТВЕТОВ</translation>
    </message>
    <message>
        <source>EMBEDDING MODELS: THEY SEARCH</source>
        <translation>МОДЕЛИ ЭМБЕДДИНГОВ: ДЛЯ ПОИСКА</translation>
    </message>
    <message>
        <source>RERANKERS: THEY CHECK WHAT WAS FOUND</source>
        <translation>РЕРАНКЕРЫ: ДЛЯ ПРОВЕРКИ НАЙДЕННОГО</translation>
    </message>
    <message>
        <source>No model to answer with yet</source>
        <translation>Модели для ответов пока нет</translation>
    </message>
    <message>
        <source>Add a GGUF file: from a USB stick, a shared folder, or ask your administrator. Until then Larets searches your documents and quotes the sentences that fit.</source>
        <translation>Добавьте файл GGUF с флешки или из общей папки либо попросите его у администратора. А пока Ларец ищет по документам и приводит подходящие предложения.</translation>
    </message>
    <message>
        <source>No model to search with yet</source>
        <translation>Модели для поиска пока нет</translation>
    </message>
    <message>
        <source>Documents cannot be indexed or searched without one. Add the folder of an embedding model, for example multilingual-e5-small.</source>
        <translation>Без неё документы нельзя ни проиндексировать, ни найти. Добавьте папку модели эмбеддингов, например multilingual-e5-small.</translation>
    </message>
</context>
<context>
    <name>ModelStatus</name>
    <message>
        <source>Model: %1</source>
        <translation>Модель: %1</translation>
    </message>
    <message>
        <source>Loading %1 %</source>
        <translation>Загрузка: %1 %</translation>
    </message>
    <message>
        <source>Server away, this computer answers</source>
        <translation>Сервер не отвечает, отвечает этот компьютер</translation>
    </message>
    <message>
        <source>No model</source>
        <translation>Нет модели</translation>
    </message>
    <message>
        <source>Answers are quotations until a model is added.</source>
        <translation>Пока модели нет, вместо ответов приводятся цитаты.</translation>
    </message>
    <message>
        <source>Not loaded</source>
        <translation>Не загружена</translation>
    </message>
    <message>
        <source>The model is loaded with the first question.</source>
        <translation>Модель загрузится с первым вопросом.</translation>
    </message>
</context>
<context>
    <name>ModelStep</name>
    <message>
        <source>Choose the model that answers</source>
        <extracomment>Bytes that a parameter takes in Q4_K_M with the context beside it, and the share of the memory that a model should take. Parameters, in billions, with which a core still writes about as fast as people read.</extracomment>
        <translation>Выберите модель, которая будет отвечать</translation>
    </message>
    <message>
        <source>Bring a model of your own</source>
        <translation>Принести свою модель</translation>
    </message>
    <message>
        <source>Any GGUF file, such as Llama 3.1 8B Instruct (4.9 GB), which reasons and compares noticeably better. Ask your administrator for it, or download it on another computer; drop it here.</source>
        <translation>Любой файл GGUF, например Llama 3.1 8B Instruct (4,9 ГБ): она заметно лучше рассуждает и сравнивает. Получите файл у администратора или скачайте на другом компьютере и перетащите сюда.</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>Выбрать файл…</translation>
    </message>
    <message>
        <source>Looking at this computer…</source>
        <translation>Смотрю, что умеет этот компьютер…</translation>
    </message>
    <message>
        <source>This computer has %1 cores and %2 of memory.</source>
        <translation>У этого компьютера ядер: %1, памяти: %2.</translation>
    </message>
    <message>
        <source>Models of up to about %1 billion parameters suit it.</source>
        <translation>Подойдут модели примерно до %1 млрд параметров.</translation>
    </message>
</context>
<context>
    <name>ModelWords</name>
    <message>
        <source>context %1</source>
        <translation>контекст %1</translation>
    </message>
    <message>
        <source>on a server</source>
        <translation>на сервере</translation>
    </message>
    <message>
        <source>licence %1</source>
        <translation>лицензия %1</translation>
    </message>
    <message>
        <source>licence not stated</source>
        <translation>лицензия не указана</translation>
    </message>
    <message>
        <source>fits this machine</source>
        <translation>подходит</translation>
    </message>
    <message>
        <source>There is enough memory for the whole model and a long conversation.</source>
        <translation>Памяти этого компьютера хватает на всю модель и длинную беседу.</translation>
    </message>
    <message>
        <source>fits partly</source>
        <translation>подходит частично</translation>
    </message>
    <message>
        <source>It runs, but more slowly: a part works on the processor, or the context is shorter.</source>
        <translation>Работать будет, но медленнее: часть считает процессор или контекст короче.</translation>
    </message>
    <message>
        <source>too large</source>
        <translation>слишком большая</translation>
    </message>
    <message>
        <source>It needs more memory than this machine has: parts of it would be read from the disk again and again.</source>
        <translation>Ей нужно больше памяти, чем есть у компьютера: части модели снова и снова читались бы с диска.</translation>
    </message>
    <message>
        <source>not measured yet</source>
        <translation>скорость не измерена</translation>
    </message>
    <message>
        <source>file is away: %1</source>
        <translation>файл недоступен: %1</translation>
    </message>
    <message>
        <source>copied into Larets</source>
        <translation>хранится в Ларце</translation>
    </message>
    <message>
        <source>came with Larets</source>
        <translation>установлена вместе с Ларцом</translation>
    </message>
    <message>
        <source>lies at %1</source>
        <translation>лежит в %1</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n layer(s)</source>
        <translation>
            <numerusform>%1 из %n слоя</numerusform>
            <numerusform>%1 из %n слоёв</numerusform>
            <numerusform>%1 из %n слоёв</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 bits</source>
        <translation>%1 бит</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>Процессор</translation>
    </message>
    <message>
        <source>%1 tok/s</source>
        <translation>%1 ток/с</translation>
    </message>
    <message>
        <source>reads %1</source>
        <translation>читает %1</translation>
    </message>
    <message>
        <source>writes %1</source>
        <translation>пишет %1</translation>
    </message>
    <message>
        <source>%1, %2 free</source>
        <translation>%1, свободно %2</translation>
    </message>
    <message>
        <source>none found that can compute</source>
        <translation>подходящей не нашлось</translation>
    </message>
    <message>
        <source>not used by this build</source>
        <translation>эта сборка её не использует</translation>
    </message>
</context>
<context>
    <name>ModelsPage</name>
    <message>
        <source>Models</source>
        <extracomment>A burst of changes reloads once.</extracomment>
        <translation>Модели</translation>
    </message>
    <message>
        <source>Add model…</source>
        <translation>Добавить модель…</translation>
    </message>
    <message>
        <source>A GGUF file or a folder; dropping it here does the same (Ctrl+O)</source>
        <translation>Файл GGUF или папка; можно просто перетащить сюда (Ctrl+O)</translation>
    </message>
    <message>
        <source>Only an administrator may change models.</source>
        <translation>Менять модели может только администратор.</translation>
    </message>
    <message>
        <source>Search with %1?</source>
        <translation>Искать с моделью %1?</translation>
    </message>
    <message numerus="yes">
        <source>%n document(s) are indexed anew for it; that may take a while.</source>
        <translation>
            <numerusform>Для этого заново проиндексируется %n документ; это займёт время.</numerusform>
            <numerusform>Для этого заново проиндексируются %n документа; это займёт время.</numerusform>
            <numerusform>Для этого заново проиндексируются %n документов; это займёт время.</numerusform>
        </translation>
    </message>
    <message>
        <source>Index anew</source>
        <translation>Проиндексировать заново</translation>
    </message>
    <message>
        <source>Indexing the documents anew…</source>
        <translation>Документы индексируются заново…</translation>
    </message>
    <message>
        <source>Its files are deleted from the disk.</source>
        <translation>Файлы модели будут удалены с диска.</translation>
    </message>
    <message>
        <source>Its files stay where they lie.</source>
        <translation>Файлы модели останутся на своём месте.</translation>
    </message>
    <message>
        <source>Remove %1?</source>
        <translation>Удалить %1?</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Убрать</translation>
    </message>
    <message>
        <source>Measuring…</source>
        <translation>Измерение…</translation>
    </message>
    <message>
        <source>Measuring: reading…</source>
        <translation>Измерение: чтение…</translation>
    </message>
    <message>
        <source>Measuring: writing…</source>
        <translation>Измерение: ответ…</translation>
    </message>
    <message>
        <source>File (GGUF)…</source>
        <translation>Файл (GGUF)…</translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation>Папка…</translation>
    </message>
    <message>
        <source>On a server of the department…</source>
        <translation>На сервере отдела…</translation>
    </message>
    <message>
        <source>An administrator allows it under “Policies”: department</source>
        <translation>Администратор разрешает это в разделе «Политики»: отдел</translation>
    </message>
    <message>
        <source>Nothing to add</source>
        <translation>Добавлять нечего</translation>
    </message>
    <message>
        <source>Already here: %1</source>
        <translation>Такая модель уже есть: %1</translation>
    </message>
</context>
<context>
    <name>MoreSettings</name>
    <message>
        <source>Rank</source>
        <extracomment>In the order shown. `held_out` is a share, shown as a percentage.</extracomment>
        <translation>Ранг</translation>
    </message>
    <message>
        <source>LoRA rank: how much the adapter can hold; larger is slower.</source>
        <translation>Ранг LoRA: сколько адаптер может вместить; больше — медленнее.</translation>
    </message>
    <message>
        <source>Alpha</source>
        <translation>Альфа</translation>
    </message>
    <message>
        <source>LoRA alpha: how strongly the adapter acts; usually twice the rank.</source>
        <translation>LoRA alpha: насколько сильно действует адаптер; обычно вдвое больше ранга.</translation>
    </message>
    <message>
        <source>Dropout</source>
        <translation>Прореживание</translation>
    </message>
    <message>
        <source>Share that is left out at random, against overfitting.</source>
        <translation>Доля, которая случайно пропускается, — против переобучения.</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Скорость обучения</translation>
    </message>
    <message>
        <source>How large each step is; smaller is safer and slower.</source>
        <translation>Величина каждого шага; меньше — надёжнее и медленнее.</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>Эпохи</translation>
    </message>
    <message>
        <source>Passes over all examples: more of them learn more, until the adapter overfits.</source>
        <translation>Проходы по всем примерам: чем больше, тем больше выучено — вплоть до переобучения.</translation>
    </message>
    <message>
        <source>Batch size</source>
        <translation>Размер пакета</translation>
    </message>
    <message>
        <source>Examples in each step: more of them make it steadier and slower.</source>
        <translation>Примеров за шаг: чем больше, тем шаг ровнее и медленнее.</translation>
    </message>
    <message>
        <source>Longest example, tokens</source>
        <translation>Самый длинный пример, токенов</translation>
    </message>
    <message>
        <source>Longer ones are left out; this decides how much memory is needed.</source>
        <translation>Более длинные пропускаются; от этого зависит, сколько нужно памяти.</translation>
    </message>
    <message>
        <source>Held out, %</source>
        <translation>На проверку, %</translation>
    </message>
    <message>
        <source>Examples that are not learned, but used to measure the result.</source>
        <translation>Примеры, на которых не учат, а измеряют результат.</translation>
    </message>
    <message>
        <source>Weights in memory</source>
        <translation>Веса в памяти</translation>
    </message>
    <message>
        <source>Quantised weights take the least memory; dequantised ones are quicker.</source>
        <translation>Квантованные занимают меньше всего памяти, распакованные быстрее.</translation>
    </message>
    <message>
        <source>Quantised, as in the file</source>
        <translation>Квантованные, как в файле</translation>
    </message>
    <message>
        <source>Dequantised</source>
        <translation>Распакованные</translation>
    </message>
    <message>
        <source>4-bit (QLoRA), for graphics cards</source>
        <translation>4 бита (QLoRA), для видеокарт</translation>
    </message>
</context>
<context>
    <name>Moving</name>
    <message>
        <source>Move to</source>
        <translation>Переместить в</translation>
    </message>
    <message numerus="yes">
        <source>%n document(s) moved to “%1”</source>
        <translation>
            <numerusform>Перемещён %n документ в «%1»</numerusform>
            <numerusform>Перемещено %n документа в «%1»</numerusform>
            <numerusform>Перемещено %n документов в «%1»</numerusform>
        </translation>
    </message>
    <message>
        <source>Not everything was moved</source>
        <translation>Перемещено не всё</translation>
    </message>
    <message>
        <source>Moving documents</source>
        <translation>Перемещение документов</translation>
    </message>
    <message>
        <source>Not read yet: %1</source>
        <translation>Ещё не прочитаны: %1</translation>
    </message>
    <message>
        <source>A watched folder would bring them again: %1</source>
        <translation>Их вернула бы наблюдаемая папка: %1</translation>
    </message>
    <message>
        <source>The other collection has the same content: %1</source>
        <translation>Такие же документы уже есть в другой коллекции: %1</translation>
    </message>
</context>
<context>
    <name>NameQuestion</name>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
</context>
<context>
    <name>NewAccessKeyDialog</name>
    <message>
        <source>New key</source>
        <translation>Новый ключ</translation>
    </message>
    <message>
        <source>For one program, so that it can be revoked alone. Where nothing is ticked, the key reaches everything that you may read.</source>
        <translation>Для одной программы, чтобы отозвать его отдельно. Где ничего не отмечено, ключу доступно всё, что можете читать вы.</translation>
    </message>
    <message>
        <source>Name, such as that of the program</source>
        <translation>Имя, например имя программы</translation>
    </message>
    <message>
        <source>May</source>
        <translation>Может</translation>
    </message>
    <message>
        <source>Collections</source>
        <translation>Коллекции</translation>
    </message>
    <message>
        <source>Assistants</source>
        <translation>Ассистенты</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>Создать</translation>
    </message>
</context>
<context>
    <name>NewKeyDialog</name>
    <message>
        <source>Recovery key of %1</source>
        <translation>Ключ восстановления: %1</translation>
    </message>
    <message>
        <source>Shown this once. Whoever has it can set a new password for this profile.</source>
        <translation>Показан один раз. С ним можно задать этому профилю новый пароль.</translation>
    </message>
    <message>
        <source>It is kept</source>
        <translation>Ключ сохранён</translation>
    </message>
    <message>
        <source>Without a recovery key</source>
        <translation>Без ключа восстановления</translation>
    </message>
</context>
<context>
    <name>NewProfileDialog</name>
    <message>
        <source>New profile</source>
        <translation>Новый профиль</translation>
    </message>
    <message>
        <source>Hand the password over in person; its owner can change it in the settings.</source>
        <translation>Передайте пароль лично; владелец сможет сменить его в настройках.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Имя</translation>
    </message>
    <message>
        <source>First password</source>
        <translation>Первый пароль</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Роль</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>Создать</translation>
    </message>
</context>
<context>
    <name>NoAdaptersYet</name>
    <message>
        <source>Teach the model your style</source>
        <translation>Научите модель своему стилю</translation>
    </message>
    <message>
        <source>An adapter is a small addition to the model of the chat, trained on this machine from your own examples: it teaches tone, format, terms and keeping to the documents. It is not for facts: those belong in the library, where answers can cite them and where you can change them.</source>
        <translation>Адаптер — небольшая добавка к модели чата, обученная на этом компьютере на ваших примерах: она учит тону, формату, терминам и тому, чтобы держаться документов. Для фактов он не годится: им место в библиотеке, где ответы могут на них сослаться, а вы — их изменить.</translation>
    </message>
</context>
<context>
    <name>NoAssistantsYet</name>
    <message>
        <source>Assistants answer in the way that you tell them</source>
        <translation>Ассистенты отвечают так, как вы им скажете</translation>
    </message>
    <message>
        <source>Each has its own instruction, tone, documents and adapter: one for questions of the staff, one that quotes contracts word for word. A conversation remembers its own.</source>
        <translation>У каждого своя инструкция, тон, документы и адаптер: один отвечает на вопросы сотрудников, другой дословно цитирует договоры. Беседа помнит своего ассистента.</translation>
    </message>
    <message>
        <source>There are none yet; an editor or an administrator may make them.</source>
        <translation>Пока их нет; создать их может редактор или администратор.</translation>
    </message>
    <message>
        <source>Begin with it</source>
        <translation>Взять за основу</translation>
    </message>
    <message>
        <source>Begin with the template %1</source>
        <translation>Взять за основу шаблон %1</translation>
    </message>
</context>
<context>
    <name>NoteCard</name>
    <message>
        <source>Note</source>
        <translation>Заметка</translation>
    </message>
    <message>
        <source>Edit this note</source>
        <translation>Править эту заметку</translation>
    </message>
    <message>
        <source>Delete this note</source>
        <translation>Удалить эту заметку</translation>
    </message>
    <message>
        <source>switch off</source>
        <translation>выключить</translation>
    </message>
    <message>
        <source>switch on</source>
        <translation>включить</translation>
    </message>
    <message>
        <source>Whether answers may rest on it</source>
        <translation>Могут ли ответы на неё опираться</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Оставить</translation>
    </message>
    <message>
        <source>No, thanks</source>
        <translation>Не нужно</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Сохранить</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>switched off</source>
        <translation>выключена</translation>
    </message>
    <message>
        <source>“%1”</source>
        <translation>«%1»</translation>
    </message>
    <message>
        <source>from %1</source>
        <translation>из %1</translation>
    </message>
</context>
<context>
    <name>NotesPane</name>
    <message>
        <source>Notes</source>
        <translation>Заметки</translation>
    </message>
    <message>
        <source>Facts that answers to every question may rest on. Documents outrank them.</source>
        <translation>Факты, на которые могут опираться все ответы. Документы важнее заметок.</translation>
    </message>
    <message>
        <source>For example, our plant works in two shifts</source>
        <translation>Например: наш завод работает в две смены</translation>
    </message>
    <message>
        <source>New note</source>
        <translation>Новая заметка</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Добавить</translation>
    </message>
    <message>
        <source>Proposed: these came up more than once</source>
        <translation>Предложены: встретились не раз</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>Ваши</translation>
    </message>
    <message>
        <source>No notes yet. Write one, or keep what is proposed after some conversations.</source>
        <translation>Заметок пока нет. Напишите свою или оставьте то, что будет предложено после нескольких бесед.</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
</context>
<context>
    <name>OpenProfile</name>
    <message>
        <source>Chat</source>
        <extracomment>Milliseconds between the making of two pages, in which keys and frames are seen to.</extracomment>
        <translation>Чат</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>Библиотека</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Обучение</translation>
    </message>
    <message>
        <source>Summaries</source>
        <translation>Сводки</translation>
    </message>
    <message>
        <source>Assistants</source>
        <translation>Ассистенты</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Модели</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Настройки</translation>
    </message>
    <message>
        <source>Administration</source>
        <translation>Управление</translation>
    </message>
    <message>
        <source>Light theme</source>
        <translation>Светлая тема</translation>
    </message>
    <message>
        <source>Dark theme</source>
        <translation>Тёмная тема</translation>
    </message>
    <message>
        <source>Add files</source>
        <translation>Добавить файлы</translation>
    </message>
    <message>
        <source>New conversation</source>
        <translation>Новая беседа</translation>
    </message>
    <message>
        <source>Statistics</source>
        <translation>Статистика</translation>
    </message>
    <message>
        <source>Health check</source>
        <translation>Проверка состояния</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Справка</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>Заблокировать</translation>
    </message>
</context>
<context>
    <name>Original</name>
    <message>
        <source>Open “%1” with another program?</source>
        <translation>Открыть «%1» в другой программе?</translation>
    </message>
    <message>
        <source>It is decrypted into a private folder until Larets is locked or closed.</source>
        <translation>Файл будет расшифрован в закрытую папку и удалён, когда Ларец будет заблокирован или закрыт.</translation>
    </message>
    <message>
        <source>The other program may keep a copy of its own.</source>
        <translation>Другая программа может сохранить свою копию.</translation>
    </message>
    <message>
        <source>Open the original</source>
        <translation>Открыть оригинал</translation>
    </message>
    <message>
        <source>This computer has no program that opens such files.</source>
        <translation>На этом компьютере нет программы для таких файлов.</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>Go to anything: a conversation, a document, an act</source>
        <translation>Перейти: беседа, документ, действие</translation>
    </message>
    <message>
        <source>What is meant</source>
        <translation>Что имеется в виду</translation>
    </message>
    <message>
        <source>Nothing is called so.</source>
        <translation>Ничего с таким названием нет.</translation>
    </message>
    <message>
        <source>↑ ↓ choose · Enter opens · Esc closes</source>
        <translation>↑ ↓ выбрать · Enter открыть · Esc закрыть</translation>
    </message>
</context>
<context>
    <name>PaletteLines</name>
    <message>
        <source>view</source>
        <translation>раздел</translation>
    </message>
    <message>
        <source>setting</source>
        <translation>настройка</translation>
    </message>
    <message>
        <source>act</source>
        <translation>действие</translation>
    </message>
    <message>
        <source>Search the documents for “%1”</source>
        <translation>Искать «%1» в документах</translation>
    </message>
    <message>
        <source>conversation</source>
        <translation>беседа</translation>
    </message>
    <message>
        <source>document</source>
        <translation>документ</translation>
    </message>
    <message>
        <source>assistant</source>
        <translation>ассистент</translation>
    </message>
</context>
<context>
    <name>Passing</name>
    <message>
        <source>Larets adapter (%1)</source>
        <translation>Адаптер Ларца (%1)</translation>
    </message>
    <message>
        <source>Export adapter</source>
        <translation>Выгрузить адаптер</translation>
    </message>
    <message>
        <source>“%1” was exported, signed by this workspace.</source>
        <translation>Адаптер «%1» выгружен и подписан.</translation>
    </message>
    <message>
        <source>Adapters (%1)</source>
        <translation>Адаптеры (%1)</translation>
    </message>
    <message>
        <source>Import adapter</source>
        <translation>Загрузить адаптер</translation>
    </message>
    <message>
        <source>Looking at %1…</source>
        <translation>Проверяется %1…</translation>
    </message>
    <message>
        <source>Trying %1 on the model…</source>
        <translation>%1 пробуется на модели…</translation>
    </message>
    <message>
        <source>“%1” was imported. It is off until you switch it on.</source>
        <translation>Адаптер «%1» загружен. Он выключен, пока вы его не включите.</translation>
    </message>
</context>
<context>
    <name>PasswordDialog</name>
    <message>
        <source>Change the password</source>
        <translation>Сменить пароль</translation>
    </message>
    <message>
        <source>If you forget it, only the recovery key helps.</source>
        <translation>Если вы его забудете, поможет только ключ восстановления.</translation>
    </message>
    <message>
        <source>Present password</source>
        <translation>Нынешний пароль</translation>
    </message>
    <message>
        <source>New password</source>
        <translation>Новый пароль</translation>
    </message>
    <message>
        <source>Once more</source>
        <translation>Ещё раз</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Изменить</translation>
    </message>
    <message>
        <source>The two passwords differ.</source>
        <translation>Пароли не совпадают.</translation>
    </message>
</context>
<context>
    <name>PasswordField</name>
    <message>
        <source>Show the password</source>
        <translation>Показать пароль</translation>
    </message>
</context>
<context>
    <name>PeriodChoice</name>
    <message>
        <source>7 days</source>
        <extracomment>Days that are looked at, 0 for all.</extracomment>
        <translation>7 дней</translation>
    </message>
    <message>
        <source>30 days</source>
        <translation>30 дней</translation>
    </message>
    <message>
        <source>90 days</source>
        <translation>90 дней</translation>
    </message>
    <message>
        <source>All time</source>
        <translation>Всё время</translation>
    </message>
    <message>
        <source>Period</source>
        <translation>Период</translation>
    </message>
    <message>
        <source>Assistant</source>
        <translation>Ассистент</translation>
    </message>
    <message>
        <source>Cited collection</source>
        <translation>Цитируемая коллекция</translation>
    </message>
    <message>
        <source>All assistants</source>
        <translation>Все ассистенты</translation>
    </message>
    <message>
        <source>No assistant</source>
        <translation>Без ассистента</translation>
    </message>
    <message>
        <source>All collections</source>
        <translation>Все коллекции</translation>
    </message>
</context>
<context>
    <name>Permitted</name>
    <message>
        <source>The data folder is on a read-only medium.</source>
        <translation>Папка данных лежит на носителе только для чтения.</translation>
    </message>
    <message>
        <source>An administrator has not allowed other programs here: Policies, “Local interface”.</source>
        <translation>Администратор не разрешил здесь другие программы: «Политики», «Локальный интерфейс».</translation>
    </message>
    <message>
        <source>Only an administrator may connect databases.</source>
        <translation>Подключать базы данных может только администратор.</translation>
    </message>
    <message>
        <source>A policy of this workspace allows no exports.</source>
        <translation>Политика этого хранилища запрещает экспорт.</translation>
    </message>
    <message>
        <source>Your role is reader: an editor or an administrator may remove this.</source>
        <translation>Ваша роль — читатель: удалять могут редактор и администратор.</translation>
    </message>
    <message>
        <source>Your role is reader: an editor or an administrator may change this.</source>
        <translation>Ваша роль — читатель: изменять могут редактор и администратор.</translation>
    </message>
</context>
<context>
    <name>PlanStep</name>
    <message>
        <source>Check and estimate</source>
        <translation>Проверить и оценить</translation>
    </message>
    <message>
        <source>Tries two steps with the longest examples; takes a minute or so</source>
        <translation>Пробует два шага на самых длинных примерах; это занимает около минуты</translation>
    </message>
    <message>
        <source>Start training</source>
        <translation>Начать обучение</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Подробнее</translation>
    </message>
    <message>
        <source>Everything that can be set about the training</source>
        <translation>Все настройки обучения</translation>
    </message>
    <message>
        <source>The settings are fixed once the training has begun.</source>
        <translation>После начала обучения настройки не меняются.</translation>
    </message>
    <message>
        <source>Add examples first.</source>
        <translation>Сначала добавьте примеры.</translation>
    </message>
    <message>
        <source>Check first what it takes on this machine.</source>
        <translation>Сначала проверьте, справится ли этот компьютер.</translation>
    </message>
    <message>
        <source>It does not fit this machine.</source>
        <translation>Этому компьютеру не хватит памяти.</translation>
    </message>
    <message>
        <source>Two steps are being tried…</source>
        <translation>Пробую два шага…</translation>
    </message>
</context>
<context>
    <name>PoliciesKind</name>
    <message>
        <source>Policies</source>
        <extracomment>What may be chosen of a number; the command line takes any. Those that hold already; what the other one allows is not built yet.</extracomment>
        <translation>Политики</translation>
    </message>
    <message>
        <source>They hold for every profile, administrators included, and are signed.</source>
        <translation>Действуют для всех профилей, включая администраторов, и подписаны.</translation>
    </message>
    <message>
        <source>Least length of a password</source>
        <translation>Наименьшая длина пароля</translation>
    </message>
    <message>
        <source>In characters, for new passwords.</source>
        <translation>В знаках; для новых паролей.</translation>
    </message>
    <message>
        <source>Longest time before the auto-lock</source>
        <translation>Наибольшее время до автоблокировки</translation>
    </message>
    <message>
        <source>In minutes. Profiles may choose a shorter one.</source>
        <translation>В минутах. Профиль может выбрать меньшее.</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Выгрузка</translation>
    </message>
    <message>
        <source>Documents, conversations and summaries as readable files.</source>
        <translation>Документы, беседы и сводки в виде читаемых файлов.</translation>
    </message>
    <message>
        <source>Attachments</source>
        <translation>Вложения</translation>
    </message>
    <message>
        <source>Files that somebody asks about without adding them to the library.</source>
        <translation>Файлы, о которых спрашивают, не добавляя их в библиотеку.</translation>
    </message>
    <message>
        <source>Other programs</source>
        <translation>Другие программы</translation>
    </message>
    <message>
        <source>Originals opened in another program lie readable until the lock.</source>
        <translation>Открытые в другой программе оригиналы лежат читаемыми до блокировки.</translation>
    </message>
    <message>
        <source>Keep conversations</source>
        <translation>Хранить беседы</translation>
    </message>
    <message>
        <source>In days since the last change. What had run out at the last opening is deleted at the next; notes and backups are not.</source>
        <translation>В днях после последнего изменения. Беседа, чей срок истёк уже к прошлому входу, удаляется при следующем; заметки и резервные копии остаются.</translation>
    </message>
    <message>
        <source>Local interface</source>
        <translation>Локальный интерфейс</translation>
    </message>
    <message>
        <source>Programs of this computer may search and ask, with keys of their own.</source>
        <translation>Программы этого компьютера могут искать и задавать вопросы — каждая со своим ключом.</translation>
    </message>
    <message>
        <source>Allowed</source>
        <translation>Разрешено</translation>
    </message>
    <message>
        <source>Forbidden</source>
        <translation>Запрещено</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 мин</translation>
    </message>
    <message>
        <source>%1 d</source>
        <translation>%1 дн.</translation>
    </message>
    <message>
        <source>No limit</source>
        <translation>Без предела</translation>
    </message>
</context>
<context>
    <name>PreparedQuestions</name>
    <message>
        <source>Prepare questions…</source>
        <translation>Подготовить вопросы…</translation>
    </message>
    <message>
        <source>Prepared questions</source>
        <translation>Подготовленные вопросы</translation>
    </message>
    <message>
        <source>One question a line; a click asks it while presenting.</source>
        <translation>По одному вопросу в строке; на показе вопрос задаётся щелчком.</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Сохранить</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
</context>
<context>
    <name>ProblemStrip</name>
    <message>
        <source>Go on</source>
        <translation>Продолжить</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
</context>
<context>
    <name>ProfileStep</name>
    <message>
        <source>Keep the recovery key</source>
        <translation>Сохраните ключ восстановления</translation>
    </message>
    <message>
        <source>Print it, save it or write it down before you go on.</source>
        <translation>Распечатайте его, сохраните или запишите, прежде чем продолжить.</translation>
    </message>
    <message>
        <source>Create your profile</source>
        <translation>Создайте свой профиль</translation>
    </message>
    <message>
        <source>You will be the administrator. Everything Larets keeps is encrypted with this password: without it nobody can read anything, not even we.</source>
        <translation>Вы станете администратором. Всё, что хранит Ларец, зашифровано этим паролем: без него ничего не прочтёт никто, даже мы.</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>Ваше имя</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Пароль</translation>
    </message>
    <message>
        <source>Password once more</source>
        <translation>Пароль ещё раз</translation>
    </message>
    <message>
        <source>Creating…</source>
        <translation>Создаю…</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Продолжить</translation>
    </message>
    <message>
        <source>Create the profile</source>
        <translation>Создать профиль</translation>
    </message>
    <message>
        <source>The two passwords differ.</source>
        <translation>Пароли не совпадают.</translation>
    </message>
</context>
<context>
    <name>ProofKind</name>
    <message>
        <source>Proof</source>
        <translation>Доказательства</translation>
    </message>
    <message>
        <source>What keeps this workspace offline and whole, and what you can check yourself.</source>
        <translation>Что держит это хранилище без сети и в целости и что можно проверить самому.</translation>
    </message>
    <message>
        <source>Verify everything</source>
        <translation>Проверить всё</translation>
    </message>
    <message>
        <source>See for yourself</source>
        <translation>Проверьте сами</translation>
    </message>
    <message>
        <source>Ask the system instead of Larets: its connections, what the kernel refuses it, every network call that it tries. Or start it without a network: everything works.</source>
        <translation>Спросите не Ларец, а систему: какие у него соединения, что ему запрещает ядро, какие сетевые вызовы он делает. Или запустите его вовсе без сети: всё работает.</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Скопировать</translation>
    </message>
    <message>
        <source>What is not protected</source>
        <translation>От чего защиты нет</translation>
    </message>
    <message>
        <source>While a profile is open: from whoever controls this computer, an administrator of it or a malicious program of your own user on some systems. Keys and texts are in memory then.</source>
        <translation>Пока профиль открыт — от того, кто управляет компьютером: от его администратора, а в некоторых системах и от вредоносной программы, запущенной от вашего имени. Ключи и тексты в это время в памяти.</translation>
    </message>
    <message>
        <source>What leaves by your own hand: exports, printed pages, copied text, originals that another program has open until the lock.</source>
        <translation>То, что вы выносите сами: выгруженные файлы, распечатки, скопированный текст, документы, открытые в другой программе до закрытия профиля.</translation>
    </message>
    <message>
        <source>What somebody copied before: an old copy of the folder opens with the password that was valid then.</source>
        <translation>То, что скопировали раньше: старая копия папки открывается паролем, который действовал тогда.</translation>
    </message>
    <message>
        <source>Names of profiles, sizes and times of files, the models, your own originals outside Larets. And nothing helps without a backup when the disk breaks or files are deleted.</source>
        <translation>Имена профилей, размеры и время файлов, модели, ваши исходные файлы вне Ларца. А если сломается диск или файлы удалят, без резервной копии не поможет ничто.</translation>
    </message>
    <message>
        <source>A weak password. The key is expensive to guess, not impossible.</source>
        <translation>Слабый пароль: подбирать ключ дорого, но не невозможно.</translation>
    </message>
    <message>
        <source>Verifying</source>
        <translation>Проверка</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>Проблема</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>К сведению</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>В порядке</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Скопировано</translation>
    </message>
</context>
<context>
    <name>Question</name>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
</context>
<context>
    <name>QuestionDialog</name>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Сохранить</translation>
    </message>
    <message>
        <source>Change the question</source>
        <translation>Изменить вопрос</translation>
    </message>
    <message>
        <source>New test question</source>
        <translation>Новый проверочный вопрос</translation>
    </message>
    <message>
        <source>The documents do not answer it</source>
        <translation>В документах ответа нет</translation>
    </message>
    <message>
        <source>For example, 28 calendar days</source>
        <translation>Например: 28 календарных дней</translation>
    </message>
    <message>
        <source>For example, 3, 4</source>
        <translation>Например: 3, 4</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Вопрос</translation>
    </message>
    <message>
        <source>Words that the answer has</source>
        <translation>Слова, которые есть в ответе</translation>
    </message>
    <message>
        <source>All of them, in any form.</source>
        <translation>Все сразу, в любой форме.</translation>
    </message>
    <message>
        <source>Document that it cites</source>
        <translation>Документ, на который он ссылается</translation>
    </message>
    <message>
        <source>Its name, as in the library.</source>
        <translation>Имя, как в библиотеке.</translation>
    </message>
    <message>
        <source>On one of the pages</source>
        <translation>На одной из страниц</translation>
    </message>
</context>
<context>
    <name>QuestionStep</name>
    <message>
        <source>Ask your first question</source>
        <translation>Задайте первый вопрос</translation>
    </message>
    <message>
        <source>The sentence that answers comes at once, with its document; the model then puts it into words. Every answer shows what it rests on.</source>
        <translation>Предложение с ответом и его документ появятся сразу, затем модель сформулирует ответ. У каждого ответа видно, на чём он основан.</translation>
    </message>
    <message>
        <source>Your question</source>
        <translation>Ваш вопрос</translation>
    </message>
    <message>
        <source>Or one of these:</source>
        <translation>Или один из этих:</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>Спросить</translation>
    </message>
</context>
<context>
    <name>RatesTable</name>
    <message numerus="yes">
        <source>Over %n held-out question(s)</source>
        <translation>
            <numerusform>По %n проверочному вопросу</numerusform>
            <numerusform>По %n проверочным вопросам</numerusform>
            <numerusform>По %n проверочным вопросам</numerusform>
        </translation>
    </message>
    <message>
        <source>Base</source>
        <translation>База</translation>
    </message>
    <message>
        <source>With the adapter</source>
        <translation>С адаптером</translation>
    </message>
    <message>
        <source>Answers with citations</source>
        <translation>Ответы со ссылками</translation>
    </message>
    <message>
        <source>Citations that their passage supports</source>
        <translation>Ссылки, подтверждённые отрывком</translation>
    </message>
    <message>
        <source>“Not in the documents”, rightly</source>
        <translation>«В документах этого нет» — верно</translation>
    </message>
    <message>
        <source>“Not in the documents”, wrongly</source>
        <translation>«В документах этого нет» — ошибочно</translation>
    </message>
    <message>
        <source>Words of an answer</source>
        <translation>Слов в ответе</translation>
    </message>
</context>
<context>
    <name>ReadingPane</name>
    <message>
        <source>Main points</source>
        <extracomment>Below this width cards stand under each other.</extracomment>
        <translation>Главное</translation>
    </message>
    <message>
        <source>From documents</source>
        <translation>Из документов</translation>
    </message>
    <message>
        <source>Decided</source>
        <translation>Решено</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>Открепить</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>Закрепить</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Править</translation>
    </message>
    <message>
        <source>Continue the conversation</source>
        <translation>Продолжить беседу</translation>
    </message>
    <message>
        <source>More: merge, export, delete</source>
        <translation>Ещё: объединить, сохранить в файл, удалить</translation>
    </message>
    <message>
        <source>Rests on: %1</source>
        <translation>Документы: %1</translation>
    </message>
    <message>
        <source>The conversation went on. What was said since is added when the model has nothing else to do.</source>
        <translation>Беседа продолжилась. Сказанное с тех пор допишется, когда модель будет свободна.</translation>
    </message>
    <message>
        <source>This summary is written when the model has nothing else to do.</source>
        <translation>Эта сводка запишется, когда модель будет свободна.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Повторить</translation>
    </message>
    <message>
        <source>Write now</source>
        <translation>Записать сейчас</translation>
    </message>
    <message>
        <source>Used as context of new conversations (%1)</source>
        <translation>Используется как контекст новых бесед (%1)</translation>
    </message>
    <message>
        <source>Not used as context of new conversations (%1)</source>
        <translation>Не используется как контекст новых бесед (%1)</translation>
    </message>
    <message>
        <source>switch off</source>
        <translation>выключить</translation>
    </message>
    <message>
        <source>switch on</source>
        <translation>включить</translation>
    </message>
    <message>
        <source>Show where it was said</source>
        <translation>Показать, где это сказано</translation>
    </message>
    <message>
        <source>Show the passage</source>
        <translation>Показать место в документе</translation>
    </message>
    <message>
        <source>Open questions</source>
        <translation>Открытые вопросы</translation>
    </message>
    <message>
        <source>ask</source>
        <translation>спросить</translation>
    </message>
    <message>
        <source>Ask it in a new conversation</source>
        <translation>Задать в новой беседе</translation>
    </message>
    <message>
        <source>Ask: %1</source>
        <translation>Спросить: %1</translation>
    </message>
</context>
<context>
    <name>RecoveryForm</name>
    <message>
        <source>Recovery key</source>
        <translation>Ключ восстановления</translation>
    </message>
    <message>
        <source>Type the key that was printed when the profile was made.</source>
        <translation>Введите ключ, напечатанный при создании профиля.</translation>
    </message>
    <message>
        <source>New password</source>
        <translation>Новый пароль</translation>
    </message>
    <message>
        <source>New password once more</source>
        <translation>Новый пароль ещё раз</translation>
    </message>
    <message>
        <source>Set the new password</source>
        <translation>Задать новый пароль</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Назад</translation>
    </message>
    <message>
        <source>The two passwords differ.</source>
        <translation>Пароли не совпадают.</translation>
    </message>
</context>
<context>
    <name>RecoveryKeyCard</name>
    <message>
        <source>Recovery key</source>
        <translation>Ключ восстановления</translation>
    </message>
    <message>
        <source>Print…</source>
        <translation>Печать…</translation>
    </message>
    <message>
        <source>Save as PDF…</source>
        <translation>Сохранить в PDF…</translation>
    </message>
    <message>
        <source>It is shown this once, and it is the only way back if you forget the password. A saved file belongs on a stick or in a safe, not on this computer.</source>
        <translation>Он показывается только сейчас, и это единственный путь назад, если пароль забыт. Сохранённому файлу место на флешке или в сейфе, а не на этом компьютере.</translation>
    </message>
    <message>
        <source>To make sure you have it, type these from your copy:</source>
        <translation>Чтобы убедиться, что ключ у вас, введите из своей копии:</translation>
    </message>
    <message>
        <source>group %1 of %2</source>
        <translation>группа %1 из %2</translation>
    </message>
    <message>
        <source>Save the recovery key</source>
        <translation>Сохранить ключ восстановления</translation>
    </message>
    <message>
        <source>Larets recovery key</source>
        <translation>Ключ восстановления Ларца</translation>
    </message>
    <message>
        <source>The key could not be saved there</source>
        <translation>Сохранить ключ там не удалось</translation>
    </message>
    <message>
        <source>Choose another folder, or print the key or write it down.</source>
        <translation>Выберите другую папку, либо распечатайте ключ или запишите его.</translation>
    </message>
</context>
<context>
    <name>ReportDialog</name>
    <message>
        <source>Save report</source>
        <translation>Сохранить отчёт</translation>
    </message>
    <message>
        <source>The report is a ZIP file with what stands below: what the program did, versions, this computer's hardware and the results of the checks. It holds no text of yours, no names of documents or profiles, and no paths.</source>
        <translation>Отчёт — это ZIP-файл с тем, что перечислено ниже: что делала программа, версии, оборудование компьютера и результаты проверок. В нём нет ни ваших текстов, ни имён документов и профилей, ни путей.</translation>
    </message>
    <message>
        <source>What the report holds</source>
        <translation>Что содержит отчёт</translation>
    </message>
    <message>
        <source>Collecting…</source>
        <translation>Собираю…</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>Сохранить…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
</context>
<context>
    <name>ReportStep</name>
    <message>
        <source>Compare with the base</source>
        <extracomment>Above it the written adapter does not answer as the trained one did (results/training.md).</extracomment>
        <translation>Сравнить с базой</translation>
    </message>
    <message>
        <source>Asks held-out questions with and without the adapter</source>
        <translation>Задаёт проверочные вопросы с адаптером и без него</translation>
    </message>
    <message>
        <source>The training is over; the adapter is to be compared with the base.</source>
        <translation>Обучение закончено; осталось сравнить адаптер с базой.</translation>
    </message>
    <message>
        <source>Comes when the training is over: answers before and after.</source>
        <translation>Появится после обучения: ответы до и после.</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>held-out loss</source>
        <translation>ошибка на проверке</translation>
    </message>
    <message>
        <source>forgetting (limit %1)</source>
        <translation>забывание (порог %1)</translation>
    </message>
    <message>
        <source>By how much the loss on a general text rose; up to 0.06 is usual.</source>
        <translation>Насколько выросла ошибка на общем тексте; до 0,06 — обычное дело.</translation>
    </message>
    <message>
        <source>of answers with citations</source>
        <translation>ответов со ссылками</translation>
    </message>
    <message>
        <source>Switch it on.</source>
        <translation>Включайте.</translation>
    </message>
    <message>
        <source>It is closer to the wanted answers and has forgotten little.</source>
        <translation>Он ближе к нужным ответам и почти ничего не забыл.</translation>
    </message>
    <message>
        <source>Switch it on at strength %1.</source>
        <translation>Включайте с силой %1.</translation>
    </message>
    <message>
        <source>At full strength it changes more than it should.</source>
        <translation>В полную силу он меняет больше, чем нужно.</translation>
    </message>
    <message>
        <source>Do not switch it on.</source>
        <translation>Не включайте.</translation>
    </message>
    <message>
        <source>It has forgotten too much of what the base could. Take the preset “Careful” or fewer passes.</source>
        <translation>Он забыл слишком много из того, что умела база. Возьмите набор «Бережный» или меньше проходов.</translation>
    </message>
    <message>
        <source>It is not better than the base. More or better examples would help.</source>
        <translation>Он не лучше базы. Помогут новые или более удачные примеры.</translation>
    </message>
    <message>
        <source>Its answers got worse: see the table and the answers below.</source>
        <translation>Его ответы стали хуже: см. таблицу и ответы ниже.</translation>
    </message>
    <message>
        <source>Checked: the written adapter answers as it did in training (KL %1).</source>
        <translation>Проверено: сохранённый адаптер отвечает так же, как при обучении (KL %1).</translation>
    </message>
    <message>
        <source>The written adapter answers otherwise than in training (KL %1).</source>
        <translation>Сохранённый адаптер отвечает не так, как при обучении (KL %1).</translation>
    </message>
    <message>
        <source>No held-out question was asked.</source>
        <translation>Проверочные вопросы не задавались.</translation>
    </message>
</context>
<context>
    <name>ResultsDialog</name>
    <message>
        <source>What you preferred without knowing who answered. Only you see it.</source>
        <translation>Что вы предпочли, не зная, кто отвечал. Видите это только вы.</translation>
    </message>
    <message>
        <source>Results of blind comparisons</source>
        <translation>Итоги сравнений вслепую</translation>
    </message>
    <message>
        <source>Nothing was compared yet.</source>
        <translation>Сравнений ещё не было.</translation>
    </message>
    <message>
        <source>Forget all</source>
        <translation>Забыть всё</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
</context>
<context>
    <name>RightsKind</name>
    <message>
        <source>Collections and access</source>
        <translation>Коллекции и доступ</translation>
    </message>
    <message>
        <source>Each collection has a key of its own; who is not named here does not have it.</source>
        <translation>У каждой коллекции свой ключ; у того, кто здесь не назван, его нет.</translation>
    </message>
    <message>
        <source>Give access</source>
        <translation>Открыть доступ</translation>
    </message>
    <message>
        <source>Take access away</source>
        <translation>Закрыть доступ</translation>
    </message>
    <message>
        <source>Collection</source>
        <translation>Коллекция</translation>
    </message>
    <message>
        <source>For</source>
        <translation>Для кого</translation>
    </message>
    <message>
        <source>Who reads it</source>
        <translation>Кто читает</translation>
    </message>
    <message>
        <source>Private collections of others are not listed: you lack their keys, as everybody does whom their owner has not named.</source>
        <translation>Чужих закрытых коллекций в списке нет: их ключей у вас нет, как и у всех, кого владелец не назвал.</translation>
    </message>
    <message>
        <source>named profiles</source>
        <translation>для названных</translation>
    </message>
    <message>
        <source>everybody</source>
        <translation>для всех</translation>
    </message>
    <message>
        <source>%1 (reads only)</source>
        <translation>%1 (только читает)</translation>
    </message>
    <message>
        <source>%1: read</source>
        <translation>%1: читать</translation>
    </message>
    <message>
        <source>%1: read and add</source>
        <translation>%1: читать и добавлять</translation>
    </message>
</context>
<context>
    <name>RowPane</name>
    <message>
        <source>Example</source>
        <extracomment>`(row, show)`: has the row laid out as the model gets it, and `show` called with both parts.</extracomment>
        <translation>Пример</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Вопрос</translation>
    </message>
    <message>
        <source>Answer to be learned</source>
        <translation>Ответ, которому учим</translation>
    </message>
    <message>
        <source>Passages that are shown with it</source>
        <translation>Отрывки, которые показаны с ним</translation>
    </message>
    <message>
        <source>As the model gets it: tinted is learned, the rest is only read</source>
        <translation>Как это видит модель: подкрашенному она учится, остальное только читает</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Сохранить</translation>
    </message>
    <message>
        <source>Put aside</source>
        <translation>Отложить</translation>
    </message>
    <message>
        <source>Use again</source>
        <translation>Вернуть</translation>
    </message>
</context>
<context>
    <name>RowsModel</name>
    <message numerus="yes">
        <source>%n example(s)</source>
        <extracomment>What a cell shows is one line: the rest of a long text is not laid out.</extracomment>
        <translation>
            <numerusform>%n пример</numerusform>
            <numerusform>%n примера</numerusform>
            <numerusform>%n примеров</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n without an answer in the documents</source>
        <translation>
            <numerusform>%n без ответа в документах</numerusform>
            <numerusform>%n без ответа в документах</numerusform>
            <numerusform>%n без ответа в документах</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to look at</source>
        <translation>
            <numerusform>%n стоит просмотреть</numerusform>
            <numerusform>%n стоит просмотреть</numerusform>
            <numerusform>%n стоит просмотреть</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n near-duplicate(s)</source>
        <translation>
            <numerusform>%n почти повтор</numerusform>
            <numerusform>%n почти повтора</numerusform>
            <numerusform>%n почти повторов</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n put aside</source>
        <translation>
            <numerusform>%n отложен</numerusform>
            <numerusform>%n отложено</numerusform>
            <numerusform>%n отложено</numerusform>
        </translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Вопрос</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Ответ</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Откуда</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>Слов</translation>
    </message>
    <message>
        <source>To look at</source>
        <translation>Просмотреть</translation>
    </message>
    <message>
        <source>put aside</source>
        <translation>отложен</translation>
    </message>
    <message>
        <source>no answer there</source>
        <translation>ответа нет</translation>
    </message>
</context>
<context>
    <name>RowsTable</name>
    <message>
        <source>Search in questions and answers</source>
        <extracomment>As high as the window allows, less what stands over it. Narrower than this only question and warnings are shown.</extracomment>
        <translation>Поиск по вопросам и ответам</translation>
    </message>
    <message>
        <source>Which examples are shown</source>
        <translation>Какие примеры показаны</translation>
    </message>
    <message>
        <source>Examples</source>
        <translation>Примеры</translation>
    </message>
    <message>
        <source>A click opens an example; Del puts it aside</source>
        <translation>Щелчок открывает пример, Del откладывает его</translation>
    </message>
    <message>
        <source>All examples</source>
        <translation>Все примеры</translation>
    </message>
    <message>
        <source>With warnings</source>
        <translation>С замечаниями</translation>
    </message>
    <message>
        <source>Put aside</source>
        <translation>Отложенные</translation>
    </message>
    <message>
        <source>From documents</source>
        <translation>Из документов</translation>
    </message>
    <message>
        <source>From conversations</source>
        <translation>Из бесед</translation>
    </message>
    <message>
        <source>From files</source>
        <translation>Из файлов</translation>
    </message>
    <message>
        <source>Without an answer</source>
        <translation>Без ответа</translation>
    </message>
    <message>
        <source>Nothing fits this filter.</source>
        <translation>Под этот отбор ничего не подходит.</translation>
    </message>
    <message>
        <source>No examples yet. Choose above where they come from.</source>
        <translation>Примеров пока нет. Выберите выше, откуда их взять.</translation>
    </message>
</context>
<context>
    <name>RunStep</name>
    <message>
        <source>Locking the screen does not stop the training. On battery it pauses when the charge runs low. Until it ends, answers come more slowly.</source>
        <extracomment>Held-out measurements before their course can be judged.</extracomment>
        <translation>Блокировка экрана обучение не прервёт. От батареи оно встанет на паузу при низком заряде. Пока оно идёт, ответы приходят медленнее.</translation>
    </message>
    <message>
        <source>Not begun yet.</source>
        <translation>Ещё не начато.</translation>
    </message>
    <message>
        <source>The best state, at step %1, was kept.</source>
        <translation>Сохранено лучшее состояние, с шага %1.</translation>
    </message>
    <message>
        <source>Overfitting since step %1: it repeats its examples; the best state is kept.</source>
        <translation>Переобучение с шага %1: модель повторяет примеры; лучшее состояние сохранено.</translation>
    </message>
    <message>
        <source>Too early to tell.</source>
        <translation>Судить пока рано.</translation>
    </message>
    <message>
        <source>Still improving.</source>
        <translation>Результат ещё улучшается.</translation>
    </message>
    <message>
        <source>No better since step %1; the best state is kept.</source>
        <translation>С шага %1 лучше не стало; лучшее состояние сохранено.</translation>
    </message>
</context>
<context>
    <name>RunningDialog</name>
    <message>
        <source>Cancel</source>
        <extracomment>Steps of the bar: sizes in bytes are more than it can count.</extracomment>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Остановить</translation>
    </message>
</context>
<context>
    <name>RunningPart</name>
    <message>
        <source>How it runs here</source>
        <translation>Как модель работает здесь</translation>
    </message>
    <message>
        <source>Load now</source>
        <translation>Загрузить сейчас</translation>
    </message>
    <message>
        <source>So that the first question need not wait</source>
        <translation>Чтобы не ждать при первом вопросе</translation>
    </message>
    <message>
        <source>Loading %1 %</source>
        <translation>Загрузка: %1 %</translation>
    </message>
    <message>
        <source>There is no model to run yet.</source>
        <translation>Запускать пока нечего: модели нет.</translation>
    </message>
    <message>
        <source>The model is loaded with the first question.</source>
        <translation>Модель загрузится с первым вопросом.</translation>
    </message>
    <message>
        <source>“%1” is loaded with the next question; now it is the one before.</source>
        <translation>Модель «%1» загрузится со следующим вопросом, сейчас загружена прежняя.</translation>
    </message>
    <message>
        <source>Graphics card</source>
        <translation>Видеокарта</translation>
    </message>
    <message>
        <source>Cache</source>
        <translation>Кэш</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>Веса</translation>
    </message>
    <message>
        <source>Compute</source>
        <translation>Вычисления</translation>
    </message>
    <message>
        <source>Memory in all</source>
        <translation>Всего памяти</translation>
    </message>
    <message>
        <source>Computes on</source>
        <translation>Считает</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>Контекст</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>Потоки</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Скорость</translation>
    </message>
    <message>
        <source>Reads</source>
        <translation>Читает</translation>
    </message>
    <message>
        <source>Writes</source>
        <translation>Пишет</translation>
    </message>
    <message numerus="yes">
        <source>%n token(s)</source>
        <translation>
            <numerusform>%n токен</numerusform>
            <numerusform>%n токена</numerusform>
            <numerusform>%n токенов</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SampleCard</name>
    <message>
        <source>Sample at step %1</source>
        <translation>Проба на шаге %1</translation>
    </message>
    <message>
        <source>a held-out question</source>
        <translation>вопрос из проверочных</translation>
    </message>
    <message>
        <source>Base</source>
        <translation>База</translation>
    </message>
    <message>
        <source>With the adapter</source>
        <translation>С адаптером</translation>
    </message>
</context>
<context>
    <name>ScopeButton</name>
    <message>
        <source>All documents</source>
        <translation>Все документы</translation>
    </message>
    <message>
        <source>Scope</source>
        <extracomment>Chips of a kind, and documents in the list: more are found by typing. Collections with what they hold. Days back that can be chosen by name.</extracomment>
        <translation>Область</translation>
    </message>
    <message numerus="yes">
        <source>%n document(s)</source>
        <translation>
            <numerusform>%n документ</numerusform>
            <numerusform>%n документа</numerusform>
            <numerusform>%n документов</numerusform>
        </translation>
    </message>
    <message>
        <source>Which documents an answer may rest on</source>
        <translation>На какие документы может опираться ответ</translation>
    </message>
</context>
<context>
    <name>ScopePanel</name>
    <message>
        <source>Where to look</source>
        <translation>Где искать</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>Везде</translation>
    </message>
    <message>
        <source>Find a document</source>
        <translation>Найти документ</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>Документы</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Изменены</translation>
    </message>
    <message>
        <source>Changed on or after</source>
        <translation>Изменены не раньше</translation>
    </message>
    <message>
        <source>Changed on or before</source>
        <translation>Изменены не позже</translation>
    </message>
    <message>
        <source>Changed at any time</source>
        <translation>Изменены когда угодно</translation>
    </message>
    <message numerus="yes">
        <source>Changed in the last %n day(s)</source>
        <translation>
            <numerusform>Изменены за последний %n день</numerusform>
            <numerusform>Изменены за последние %n дня</numerusform>
            <numerusform>Изменены за последние %n дней</numerusform>
        </translation>
    </message>
    <message>
        <source>Changed between</source>
        <translation>Изменены в период</translation>
    </message>
    <message numerus="yes">
        <source>%n more: type a part of the name.</source>
        <translation>
            <numerusform>Ещё %n: введите часть названия.</numerusform>
            <numerusform>Ещё %n: введите часть названия.</numerusform>
            <numerusform>Ещё %n: введите часть названия.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n document(s) are searched</source>
        <translation>
            <numerusform>Поиск в %1 из %n документа</numerusform>
            <numerusform>Поиск в %1 из %n документов</numerusform>
            <numerusform>Поиск в %1 из %n документов</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SearchHitList</name>
    <message>
        <source>Nothing was found.</source>
        <translation>Ничего не найдено.</translation>
    </message>
    <message>
        <source>Nothing says this outright. The nearest passages:</source>
        <translation>Прямого ответа нет. Ближайшие отрывки:</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>Поиск…</translation>
    </message>
    <message>
        <source>p. %1</source>
        <translation>стр. %1</translation>
    </message>
</context>
<context>
    <name>Section</name>
    <message>
        <source>Changed: %1 of %2.</source>
        <translation>Изменено %1 из %2.</translation>
    </message>
    <message>
        <source>Restore defaults</source>
        <translation>Вернуть как было</translation>
    </message>
</context>
<context>
    <name>SecuritySection</name>
    <message>
        <source>Security</source>
        <translation>Безопасность</translation>
    </message>
    <message>
        <source>After so long without a key press or the mouse, and whenever the session is locked or the computer sleeps. It waits for an import or an answer to end, but not when the computer sleeps; a training goes on behind the lock. Default: 15 min.</source>
        <translation>Если столько времени не трогать ни клавиш, ни мыши, а также вместе с блокировкой сеанса и перед сном компьютера. Импорт и ответ сначала завершатся — но не перед сном; обучение продолжится и под замком. По умолчанию 15 мин.</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Пароль</translation>
    </message>
    <message>
        <source>Auto-lock</source>
        <translation>Автоблокировка</translation>
    </message>
    <message>
        <source>It brings new keys: older copies of this profile's key slots open nothing here. The recovery key stays valid.</source>
        <translation>Меняются и ключи: прежние копии файла с ключами этого профиля здесь ничего не откроют. Ключ восстановления остаётся в силе.</translation>
    </message>
    <message>
        <source>Change the password…</source>
        <translation>Сменить пароль…</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 мин</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Никогда</translation>
    </message>
</context>
<context>
    <name>SentPrompt</name>
    <message>
        <source>What was sent to the model</source>
        <translation>Что было отправлено модели</translation>
    </message>
    <message>
        <source>No model was asked for this answer.</source>
        <translation>Для этого ответа модель не спрашивали.</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Скопировать</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>Model %1, temperature %2, at most %3 tokens.</source>
        <translation>Модель %1, температура %2, не больше %3 токенов.</translation>
    </message>
    <message>
        <source>Adapters: %1.</source>
        <translation>Адаптеры: %1.</translation>
    </message>
    <message>
        <source>System</source>
        <translation>Системный текст</translation>
    </message>
    <message>
        <source>Question with passages</source>
        <translation>Вопрос с отрывками</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Ответ</translation>
    </message>
</context>
<context>
    <name>ServerDialog</name>
    <message>
        <source>A server of your network that speaks OpenAI's interface, such as llama.cpp's or vLLM. It reads the questions and the passages that answer them; add only one that may know them.</source>
        <translation>Сервер вашей сети с интерфейсом OpenAI, например llama.cpp или vLLM. Он читает вопросы и отрывки, из которых на них отвечает, поэтому добавляйте только тот, кому можно их доверить.</translation>
    </message>
    <message>
        <source>Model on a server</source>
        <translation>Модель на сервере</translation>
    </message>
    <message>
        <source>Name, as people here call it</source>
        <translation>Название, под которым её здесь знают</translation>
    </message>
    <message>
        <source>Address: https://host:8443/v1; several are parted by spaces</source>
        <translation>Адрес: https://host:8443/v1; несколько — через пробел</translation>
    </message>
    <message>
        <source>Name of the model there</source>
        <translation>Название модели на сервере</translation>
    </message>
    <message>
        <source>Key, if it wants one</source>
        <translation>Ключ, если сервер его требует</translation>
    </message>
    <message>
        <source>File with the authority to trust, if it is not the system's</source>
        <translation>Файл центра сертификации, если системный не подходит</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Добавить</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Find a setting</source>
        <translation>Найти настройку</translation>
    </message>
    <message>
        <source>No setting is called so. Try another word.</source>
        <translation>Такой настройки нет. Попробуйте другое слово.</translation>
    </message>
</context>
<context>
    <name>SeveralPane</name>
    <message numerus="yes">
        <source>%n summary(ies) chosen</source>
        <translation>
            <numerusform>Выбрана %n сводка</numerusform>
            <numerusform>Выбраны %n сводки</numerusform>
            <numerusform>Выбрано %n сводок</numerusform>
        </translation>
    </message>
    <message>
        <source>Merged ones become one summary, in the order of their time.</source>
        <translation>При объединении получится одна сводка, пункты пойдут по времени бесед.</translation>
    </message>
    <message>
        <source>Merge into one</source>
        <translation>Объединить в одну</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Сохранить в файл…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Удалить</translation>
    </message>
</context>
<context>
    <name>ShownKeyDialog</name>
    <message>
        <source>Key “%1”</source>
        <extracomment>Pixels that its lines take.</extracomment>
        <translation>Ключ «%1»</translation>
    </message>
    <message>
        <source>It is shown this once, and Larets keeps no copy. Whoever has it can ask with your rights, as far as its scopes go.</source>
        <translation>Он показан один раз, копии Ларец не хранит. У кого он есть, может спрашивать с вашими правами в пределах ключа.</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Ключ</translation>
    </message>
    <message>
        <source>A program that asks with it, while “larets serve” runs (close Larets first: one program at a time has the workspace open):</source>
        <translation>Программа, которая с ним спрашивает, пока работает «larets serve» (сначала закройте Ларец: хранилище открыто только у одной программы):</translation>
    </message>
    <message>
        <source>It is kept</source>
        <translation>Ключ сохранён</translation>
    </message>
</context>
<context>
    <name>Side</name>
    <message>
        <source>Assistant</source>
        <translation>Ассистент</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Версия</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Модель</translation>
    </message>
    <message>
        <source>Without adapters</source>
        <translation>Без адаптеров</translation>
    </message>
    <message>
        <source>No assistant</source>
        <translation>Без ассистента</translation>
    </message>
    <message>
        <source>Its own model</source>
        <translation>Своя модель</translation>
    </message>
    <message>
        <source>As it is now</source>
        <translation>Как сейчас</translation>
    </message>
    <message>
        <source>Version %1</source>
        <translation>Версия %1</translation>
    </message>
</context>
<context>
    <name>SourcesPanel</name>
    <message>
        <source>Document</source>
        <translation>Документ</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>Найденное</translation>
    </message>
</context>
<context>
    <name>SpokenWords</name>
    <message>
        <source>Question</source>
        <translation>Вопрос</translation>
    </message>
    <message>
        <source>Answer, being written</source>
        <translation>Ответ, пишется</translation>
    </message>
    <message numerus="yes">
        <source>Answer with %n source(s)</source>
        <translation>
            <numerusform>Ответ с %n источником</numerusform>
            <numerusform>Ответ с %n источниками</numerusform>
            <numerusform>Ответ с %n источниками</numerusform>
        </translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Ответ</translation>
    </message>
    <message>
        <source>The answer begins.</source>
        <translation>Ответ начинается.</translation>
    </message>
    <message>
        <source>Quotation from the documents: “%1”. %2</source>
        <translation>Цитата из документов: «%1». %2</translation>
    </message>
    <message>
        <source>source %1 does not support this</source>
        <translation>источник %1 этого не подтверждает</translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>Открыть: %1</translation>
    </message>
    <message>
        <source>source %1</source>
        <translation>источник %1</translation>
    </message>
    <message>
        <source>page %1</source>
        <translation>страница %1</translation>
    </message>
</context>
<context>
    <name>StatisticsKind</name>
    <message>
        <source>Statistics</source>
        <translation>Статистика</translation>
    </message>
    <message>
        <source>Nothing was asked in this period. What you ask your documents is counted here.</source>
        <translation>За этот период вопросов не было. Здесь считается то, о чём вы спрашиваете свои документы.</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Сохранить в файл…</translation>
    </message>
    <message>
        <source>Counted from your own conversations, deleted ones left out. Nobody else sees these figures: each profile's conversations are encrypted with its own key.</source>
        <translation>Подсчитано по вашим собственным беседам, без удалённых. Никто другой этих цифр не видит: беседы каждого профиля зашифрованы его собственным ключом.</translation>
    </message>
    <message>
        <source>Figures alone: a policy forbids the export of questions and names.</source>
        <translation>Только цифры: политика запрещает выгружать вопросы и названия.</translation>
    </message>
    <message>
        <source>Excel workbook (*.xlsx)</source>
        <translation>Книга Excel (*.xlsx)</translation>
    </message>
    <message>
        <source>Export the statistics</source>
        <translation>Выгрузить статистику</translation>
    </message>
</context>
<context>
    <name>Step</name>
    <message>
        <source>Continue</source>
        <translation>Продолжить</translation>
    </message>
</context>
<context>
    <name>StepLine</name>
    <message>
        <source>not yet</source>
        <translation>ещё не начат</translation>
    </message>
    <message>
        <source>now</source>
        <translation>сейчас</translation>
    </message>
    <message>
        <source>done</source>
        <translation>готово</translation>
    </message>
    <message>
        <source>Show or hide this step</source>
        <translation>Показать или свернуть этот шаг</translation>
    </message>
</context>
<context>
    <name>Steps</name>
    <message>
        <source>Data</source>
        <extracomment>What a training in that state is at. A failed one failed while it ran.</extracomment>
        <translation>Данные</translation>
    </message>
    <message>
        <source>Check and estimate</source>
        <translation>Проверка и смета</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Обучение</translation>
    </message>
    <message>
        <source>Report: before and after</source>
        <translation>Отчёт: до и после</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>Включить</translation>
    </message>
    <message numerus="yes">
        <source>%n example(s)</source>
        <translation>
            <numerusform>%n пример</numerusform>
            <numerusform>%n примера</numerusform>
            <numerusform>%n примеров</numerusform>
        </translation>
    </message>
    <message>
        <source>held-out loss %1 %</source>
        <translation>ошибка на проверке %1 %</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>paused at %1</source>
        <translation>на паузе, %1</translation>
    </message>
    <message>
        <source>stopped by itself</source>
        <translation>остановилось само</translation>
    </message>
</context>
<context>
    <name>StopQuestion</name>
    <message>
        <source>Stop the training?</source>
        <translation>Остановить обучение?</translation>
    </message>
    <message>
        <source>The examples and settings stay in any case. To go on later, pause.</source>
        <translation>Примеры и настройки останутся в любом случае. Чтобы продолжить позже, поставьте на паузу.</translation>
    </message>
    <message>
        <source>Keep the best so far</source>
        <translation>Сохранить лучшее на сейчас</translation>
    </message>
    <message>
        <source>Drop what was learned</source>
        <translation>Отбросить выученное</translation>
    </message>
    <message>
        <source>Go on training</source>
        <translation>Продолжать обучение</translation>
    </message>
</context>
<context>
    <name>StorageUseKind</name>
    <message>
        <source>Storage</source>
        <translation>Хранилище</translation>
    </message>
    <message>
        <source>What lies in the data folder. What may go is made again when it is needed.</source>
        <translation>Что лежит в папке данных. То, что можно удалить, при необходимости создаётся заново.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Убрать</translation>
    </message>
    <message>
        <source>Original documents</source>
        <translation>Оригиналы документов</translation>
    </message>
    <message>
        <source>Encrypted copies of the files that were added.</source>
        <translation>Зашифрованные копии добавленных файлов.</translation>
    </message>
    <message>
        <source>Passages and indexes</source>
        <translation>Отрывки и индексы</translation>
    </message>
    <message>
        <source>What was read of the documents, and how it is found.</source>
        <translation>То, что прочитано в документах, и то, по чему это находится.</translation>
    </message>
    <message>
        <source>Conversations</source>
        <translation>Беседы</translation>
    </message>
    <message>
        <source>With summaries and notes, of all profiles.</source>
        <translation>Со сводками и заметками, всех профилей.</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Модели</translation>
    </message>
    <message>
        <source>Those that were added here; remove them on the Models page.</source>
        <translation>Добавленные здесь; удаляются на странице «Модели».</translation>
    </message>
    <message>
        <source>Adapters</source>
        <translation>Адаптеры</translation>
    </message>
    <message>
        <source>Of finished trainings.</source>
        <translation>Законченных обучений.</translation>
    </message>
    <message>
        <source>Trainings</source>
        <translation>Обучения</translation>
    </message>
    <message>
        <source>Their state, with which they go on; remove them on the Training page.</source>
        <translation>Состояние, с которого их можно продолжить; удаляются на странице «Обучение».</translation>
    </message>
    <message>
        <source>Prepared prompts</source>
        <translation>Подготовленные запросы</translation>
    </message>
    <message>
        <source>What a model has read already, so that it answers sooner.</source>
        <translation>То, что модель уже прочла, чтобы отвечать быстрее.</translation>
    </message>
    <message>
        <source>Spare copies</source>
        <translation>Запасные копии</translation>
    </message>
    <message>
        <source>Of small databases; they replace one that was damaged.</source>
        <translation>Небольших баз; заменяют повреждённую.</translation>
    </message>
    <message>
        <source>Copies from before an update</source>
        <translation>Копии до обновления</translation>
    </message>
    <message>
        <source>Databases as they were before a newer version changed them.</source>
        <translation>Базы до того, как их изменила новая версия.</translation>
    </message>
    <message>
        <source>Set aside</source>
        <translation>Отложено</translation>
    </message>
    <message>
        <source>Files that no database names. They are deleted after 30 days.</source>
        <translation>Файлы, которых не называет ни одна база. Удаляются через 30 дней.</translation>
    </message>
    <message>
        <source>Program log</source>
        <translation>Журнал программы</translation>
    </message>
    <message>
        <source>Without anybody's words.</source>
        <translation>Без чьих-либо слов.</translation>
    </message>
    <message>
        <source>Everything else</source>
        <translation>Всё остальное</translation>
    </message>
    <message>
        <source>The workspace itself, and room that is kept for deletions.</source>
        <translation>Само рабочее пространство и место, оставленное для удалений.</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n файл</numerusform>
            <numerusform>%n файла</numerusform>
            <numerusform>%n файлов</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 in all</source>
        <translation>Всего %1</translation>
    </message>
</context>
<context>
    <name>StrengthLine</name>
    <message>
        <source>Too short: at least %1 characters.</source>
        <translation>Слишком короткий: нужно не менее %1 символов.</translation>
    </message>
    <message>
        <source>Spaces alone are no password.</source>
        <translation>Одни пробелы паролем быть не могут.</translation>
    </message>
    <message>
        <source>Easily guessed: add a word or two that do not belong together.</source>
        <translation>Легко подобрать: добавьте слово-другое, никак не связанные между собой.</translation>
    </message>
    <message>
        <source>Weak: it holds for days at most. Add a word or two.</source>
        <translation>Слабый: продержится несколько дней. Добавьте ещё слово или два.</translation>
    </message>
    <message>
        <source>Fair: another word would make it much stronger.</source>
        <translation>Сойдёт; ещё одно слово сделает его намного надёжнее.</translation>
    </message>
    <message>
        <source>Good.</source>
        <translation>Хороший.</translation>
    </message>
    <message>
        <source>Strong.</source>
        <translation>Надёжный.</translation>
    </message>
</context>
<context>
    <name>StrengthRow</name>
    <message>
        <source>Strength</source>
        <translation>Сила</translation>
    </message>
    <message>
        <source>Strength of %1</source>
        <translation>Сила адаптера %1</translation>
    </message>
</context>
<context>
    <name>Strengths</name>
    <message>
        <source>Off</source>
        <translation>Выключен</translation>
    </message>
    <message>
        <source>1.5 times as strong as trained</source>
        <translation>В полтора раза сильнее</translation>
    </message>
    <message>
        <source>1 is as strong as it was trained; acts on the next answer.</source>
        <translation>1 — так, как обучен; действует со следующего ответа.</translation>
    </message>
    <message>
        <source>Other adapters at the same time</source>
        <translation>Другие адаптеры одновременно</translation>
    </message>
    <message>
        <source>Several may act together; each changes the answer by its strength.</source>
        <translation>Могут работать сразу несколько; каждый меняет ответ по своей силе.</translation>
    </message>
</context>
<context>
    <name>SummariesPage</name>
    <message>
        <source>This turn of the conversation was deleted.</source>
        <translation>Это место беседы удалено.</translation>
    </message>
    <message>
        <source>The summary is being written.</source>
        <translation>Сводка записывается.</translation>
    </message>
    <message>
        <source>Merge into one</source>
        <translation>Объединить в одну</translation>
    </message>
    <message>
        <source>Merge: choose several in the list with Ctrl</source>
        <translation>Объединить: выберите несколько в списке с Ctrl</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Сохранить в файл…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Удалить</translation>
    </message>
    <message numerus="yes">
        <source>Merge %n summary(ies) into one for good?</source>
        <translation>
            <numerusform>Объединить %n сводку в одну? Отменить это будет нельзя.</numerusform>
            <numerusform>Объединить %n сводки в одну? Отменить это будет нельзя.</numerusform>
            <numerusform>Объединить %n сводок в одну? Отменить это будет нельзя.</numerusform>
        </translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>Объединить</translation>
    </message>
    <message>
        <source>What you changed in it is not saved.</source>
        <translation>Изменения в ней не сохранены.</translation>
    </message>
    <message>
        <source>Close the form?</source>
        <translation>Закрыть форму?</translation>
    </message>
    <message>
        <source>Close without saving</source>
        <translation>Закрыть без сохранения</translation>
    </message>
    <message>
        <source>Saved as “%1”, readable by everybody who can open it.</source>
        <translation>Сохранено как «%1»; прочтёт каждый, кто сможет открыть файл.</translation>
    </message>
    <message numerus="yes">
        <source>%n summary(ies) deleted.</source>
        <translation>
            <numerusform>Удалена %n сводка.</numerusform>
            <numerusform>Удалены %n сводки.</numerusform>
            <numerusform>Удалено %n сводок.</numerusform>
        </translation>
    </message>
    <message>
        <source>“%1” was deleted.</source>
        <translation>«%1» удалена.</translation>
    </message>
    <message>
        <source>The note was deleted.</source>
        <translation>Заметка удалена.</translation>
    </message>
</context>
<context>
    <name>SummaryEditor</name>
    <message>
        <source>Title</source>
        <translation>Название</translation>
    </message>
    <message>
        <source>Remove this line</source>
        <translation>Убрать эту строку</translation>
    </message>
    <message>
        <source>Add a point</source>
        <translation>Добавить пункт</translation>
    </message>
    <message>
        <source>Main points</source>
        <translation>Главное</translation>
    </message>
    <message>
        <source>Decided</source>
        <translation>Решено</translation>
    </message>
    <message>
        <source>Add a decision</source>
        <translation>Добавить решение</translation>
    </message>
    <message>
        <source>From documents</source>
        <translation>Из документов</translation>
    </message>
    <message>
        <source>Add a fact</source>
        <translation>Добавить факт</translation>
    </message>
    <message>
        <source>Open questions</source>
        <translation>Открытые вопросы</translation>
    </message>
    <message>
        <source>Add a question</source>
        <translation>Добавить вопрос</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Сохранить</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>Close without saving (Esc)</source>
        <translation>Закрыть без сохранения (Esc)</translation>
    </message>
</context>
<context>
    <name>SummaryExporting</name>
    <message>
        <source>Markdown text (%1)</source>
        <translation>Текст Markdown (%1)</translation>
    </message>
    <message>
        <source>Larets summaries (%1)</source>
        <translation>Сводки Ларца (%1)</translation>
    </message>
    <message>
        <source>Export summaries</source>
        <translation>Сохранить сводки в файл</translation>
    </message>
    <message>
        <source>Summaries</source>
        <translation>Сводки</translation>
    </message>
</context>
<context>
    <name>SummarySidebar</name>
    <message>
        <source>Search summaries</source>
        <translation>Поиск по сводкам</translation>
    </message>
    <message>
        <source>Summaries</source>
        <translation>Сводки</translation>
    </message>
    <message>
        <source>No summary has these words.</source>
        <translation>Ни в одной сводке нет этих слов.</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Заметки</translation>
    </message>
    <message numerus="yes">
        <source>%n proposed note(s)</source>
        <translation>
            <numerusform>предложена %n заметка</numerusform>
            <numerusform>предложены %n заметки</numerusform>
            <numerusform>предложено %n заметок</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SummaryWords</name>
    <message>
        <source>could not be written</source>
        <translation>не удалось записать</translation>
    </message>
    <message numerus="yes">
        <source>%n point(s)</source>
        <translation>
            <numerusform>%n пункт</numerusform>
            <numerusform>%n пункта</numerusform>
            <numerusform>%n пунктов</numerusform>
        </translation>
    </message>
    <message>
        <source>being written…</source>
        <translation>дописывается…</translation>
    </message>
    <message numerus="yes">
        <source>%n open question(s)</source>
        <translation>
            <numerusform>%n открытый вопрос</numerusform>
            <numerusform>%n открытых вопроса</numerusform>
            <numerusform>%n открытых вопросов</numerusform>
        </translation>
    </message>
    <message>
        <source>decided</source>
        <translation>решение принято</translation>
    </message>
    <message numerus="yes">
        <source>%n question(s)</source>
        <translation>
            <numerusform>%n вопрос</numerusform>
            <numerusform>%n вопроса</numerusform>
            <numerusform>%n вопросов</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n document(s)</source>
        <translation>
            <numerusform>%n документ</numerusform>
            <numerusform>%n документа</numerusform>
            <numerusform>%n документов</numerusform>
        </translation>
    </message>
    <message>
        <source>edited</source>
        <translation>изменена вами</translation>
    </message>
    <message numerus="yes">
        <source>%n summary(ies)</source>
        <translation>
            <numerusform>%n сводка</numerusform>
            <numerusform>%n сводки</numerusform>
            <numerusform>%n сводок</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n decision(s)</source>
        <translation>
            <numerusform>%n решение</numerusform>
            <numerusform>%n решения</numerusform>
            <numerusform>%n решений</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) old</source>
        <translation>
            <numerusform>%n день назад</numerusform>
            <numerusform>%n дня назад</numerusform>
            <numerusform>%n дней назад</numerusform>
        </translation>
    </message>
    <message>
        <source>from today</source>
        <translation>сегодня</translation>
    </message>
    <message numerus="yes">
        <source>used %n time(s)</source>
        <translation>
            <numerusform>пригодилась %n раз</numerusform>
            <numerusform>пригодилась %n раза</numerusform>
            <numerusform>пригодилась %n раз</numerusform>
        </translation>
    </message>
    <message>
        <source>not used yet</source>
        <translation>ещё не пригодилась</translation>
    </message>
</context>
<context>
    <name>TemplateDialog</name>
    <message>
        <source>Templates</source>
        <extracomment>In place of an id: a new one.</extracomment>
        <translation>Шаблоны</translation>
    </message>
    <message>
        <source>New template</source>
        <translation>Новый шаблон</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Сохранить</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Удалить</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>No templates yet</source>
        <translation>Шаблонов пока нет</translation>
    </message>
    <message>
        <source>A template is a question that you ask again and again. Begin with one of these or with one of your own; in the chat “/” offers them.</source>
        <translation>Шаблон — это вопрос, который приходится задавать снова и снова. Начните с одного из этих или со своего; в беседе их предлагает «/».</translation>
    </message>
    <message>
        <source>Compare two documents</source>
        <translation>Сравнить два документа</translation>
    </message>
    <message>
        <source>What differs between {{first document}} and {{second document}} in {{what to compare: deadlines and sums}}?</source>
        <translation>Чем отличаются {{первый документ}} и {{второй документ}}? Сравни {{что сравнить: сроки и суммы}}.</translation>
    </message>
    <message>
        <source>Find the rule</source>
        <translation>Найти норму</translation>
    </message>
    <message>
        <source>What do the documents say about {{subject}}? Name the clause.</source>
        <translation>Что в документах сказано о теме «{{тема}}»? Назови пункт.</translation>
    </message>
    <message>
        <source>Short summary</source>
        <translation>Краткое изложение</translation>
    </message>
    <message>
        <source>Sum up {{document}} in {{number: five}} points.</source>
        <translation>Изложи {{документ}} в виде {{число: пяти}} пунктов.</translation>
    </message>
    <message>
        <source>Shared with everybody</source>
        <translation>Общий для всех</translation>
    </message>
    <message>
        <source>A template needs a name and a text.</source>
        <translation>Шаблону нужны название и текст.</translation>
    </message>
    <message>
        <source>“%1” was deleted.</source>
        <translation>Шаблон «%1» удалён.</translation>
    </message>
    <message>
        <source>Close without saving?</source>
        <translation>Закрыть без сохранения?</translation>
    </message>
    <message>
        <source>Close without saving</source>
        <translation>Закрыть без сохранения</translation>
    </message>
</context>
<context>
    <name>TemplateEditor</name>
    <message>
        <source>Name</source>
        <translation>Название</translation>
    </message>
    <message>
        <source>What do the documents say about {{subject}}?</source>
        <translation>Что в документах сказано о теме «{{тема}}»?</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Текст</translation>
    </message>
    <message>
        <source>Only mine</source>
        <translation>Только мой</translation>
    </message>
    <message>
        <source>Shared with everybody</source>
        <translation>Общий для всех</translation>
    </message>
    <message>
        <source>{{subject}} is a field to be filled in when asking; {{subject: leave}} says “leave” until then. The Tab key goes from field to field.</source>
        <translation>{{тема}} — поле, которое заполняют, когда спрашивают; {{тема: отпуск}} пока говорит «отпуск». Клавиша Tab переходит от поля к полю.</translation>
    </message>
    <message>
        <source>Only editors and administrators change shared templates.</source>
        <translation>Общие шаблоны меняют только редакторы и администраторы.</translation>
    </message>
</context>
<context>
    <name>TemplatePopup</name>
    <message>
        <source>Manage templates…</source>
        <translation>Управление шаблонами…</translation>
    </message>
    <message>
        <source>Templates</source>
        <translation>Шаблоны</translation>
    </message>
    <message>
        <source>Shared with everybody</source>
        <translation>Общий для всех</translation>
    </message>
</context>
<context>
    <name>TextView</name>
    <message>
        <source>Slide %1</source>
        <extracomment>Of a mark, in both themes. Pixels of a character in a table, and of a cell's padding on both sides. The beginning of an item that brings its own number. Position of the first marked character; None as long as none was written.</extracomment>
        <translation>Слайд %1</translation>
    </message>
</context>
<context>
    <name>Thumbnails</name>
    <message>
        <source>Pages</source>
        <extracomment>Pixels of a page's picture at most, of a row, and of the list. Points of a letter page's width; another page is scaled to its place. Pictures that are held: some screens of them.</extracomment>
        <translation>Страниц</translation>
    </message>
    <message>
        <source>Page %1</source>
        <translation>Страница %1</translation>
    </message>
</context>
<context>
    <name>Tiles</name>
    <message>
        <source>Questions</source>
        <extracomment>Pixels that a tile needs, and between two.</extracomment>
        <translation>Вопросы</translation>
    </message>
    <message>
        <source>Asking the same again counts again.</source>
        <translation>Заданный повторно вопрос считается ещё раз.</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>С ответом</translation>
    </message>
    <message>
        <source>A passage confirms at least one sentence, or the documents were quoted.</source>
        <translation>Хотя бы одно предложение подтверждено документом, или документы процитированы.</translation>
    </message>
    <message>
        <source>Not in the documents</source>
        <translation>Нет в документах</translation>
    </message>
    <message>
        <source>Larets said that the documents do not answer. See below what is lacking.</source>
        <translation>Ларец сказал, что в документах ответа нет. Чего не хватает — ниже.</translation>
    </message>
    <message>
        <source>Not confirmed</source>
        <translation>Не подтверждено</translation>
    </message>
    <message>
        <source>An answer was written that no passage confirms, and was marked as that.</source>
        <translation>Ответ написан, но документами не подтверждён, и так и помечен.</translation>
    </message>
    <message>
        <source>Your thumbs</source>
        <translation>Ваши оценки</translation>
    </message>
    <message>
        <source>%1 up, %2 down</source>
        <translation>%1 за, %2 против</translation>
    </message>
    <message>
        <source>Of the answers that you judged.</source>
        <translation>По ответам, которые вы оценили.</translation>
    </message>
    <message>
        <source>In half of the answers; a quotation counts too.</source>
        <translation>В половине ответов; цитата тоже считается.</translation>
    </message>
    <message>
        <source>In half of the answers; in 95 of 100 it took up to %1.</source>
        <translation>В половине ответов; в 95 из 100 — не дольше %1.</translation>
    </message>
    <message>
        <source>First useful word</source>
        <translation>До первого полезного слова</translation>
    </message>
    <message>
        <source>Stopped: %1</source>
        <translation>Остановлено: %1</translation>
    </message>
    <message>
        <source>failed: %1</source>
        <translation>с ошибкой: %1</translation>
    </message>
    <message>
        <source>quoted without a model: %1</source>
        <translation>цитат без модели: %1</translation>
    </message>
    <message>
        <source>tokens read: %1, written: %2</source>
        <translation>токенов прочитано: %1, написано: %2</translation>
    </message>
    <message>
        <source>whole answer: %1, in 95 of 100 up to %2</source>
        <translation>весь ответ: %1, в 95 из 100 — до %2</translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) have no time to the first word</source>
        <translation>
            <numerusform>у %n ответа нет времени до первого слова</numerusform>
            <numerusform>у %n ответов нет времени до первого слова</numerusform>
            <numerusform>у %n ответов нет времени до первого слова</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 · %2 %</source>
        <translation>%1 · %2 %</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 с</translation>
    </message>
    <message>
        <source>%1 million</source>
        <translation>%1 млн</translation>
    </message>
    <message>
        <source>%1 thousand</source>
        <translation>%1 тыс.</translation>
    </message>
</context>
<context>
    <name>Toast</name>
    <message>
        <source>Undo</source>
        <extracomment>Pixels that are left between it and the edges of the page.</extracomment>
        <translation>Вернуть</translation>
    </message>
</context>
<context>
    <name>TrainingPage</name>
    <message>
        <source>Adapter %1</source>
        <translation>Адаптер %1</translation>
    </message>
    <message>
        <source>Rename the adapter</source>
        <translation>Переименование адаптера</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Название</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Переименовать</translation>
    </message>
    <message>
        <source>Delete “%1”?</source>
        <translation>Удалить «%1»?</translation>
    </message>
    <message numerus="yes">
        <source>%n example(s)</source>
        <translation>
            <numerusform>%n пример</numerusform>
            <numerusform>%n примера</numerusform>
            <numerusform>%n примеров</numerusform>
        </translation>
    </message>
    <message>
        <source>the checkpoints</source>
        <translation>контрольные точки</translation>
    </message>
    <message>
        <source>the adapter that came of it</source>
        <translation>полученный адаптер</translation>
    </message>
    <message>
        <source>This goes and cannot be brought back: %1.</source>
        <translation>Безвозвратно исчезнет: %1.</translation>
    </message>
    <message>
        <source>The adapter goes and cannot be brought back, unless you have its file.</source>
        <translation>Адаптер будет удалён. Вернуть его можно, только если у вас есть его файл.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Удалить</translation>
    </message>
    <message>
        <source>Comparing “%1” with the base…</source>
        <translation>Сравниваю «%1» с базой…</translation>
    </message>
</context>
<context>
    <name>TrainingWords</name>
    <message>
        <source>Readers use adapters; an editor may train them.</source>
        <extracomment>Held-out loss that fell by less is no better: it is within what another split would give. Loss on a general text that may be gained (results/training.md). From here on time is told in hours.</extracomment>
        <translation>Читатель пользуется адаптерами; обучить их может редактор.</translation>
    </message>
    <message>
        <source>Training needs a part of Larets that is not installed here: put the folder training of the kit beside the program and start Larets again.</source>
        <translation>Для обучения нужна часть программы, которой здесь нет: положите папку training из комплекта рядом с программой и запустите Larets снова.</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 с</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 мин</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 ч</translation>
    </message>
    <message>
        <source>about %1</source>
        <translation>около %1</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 – %2</translation>
    </message>
    <message>
        <source>training · %1 %</source>
        <translation>обучается · %1 %</translation>
    </message>
    <message>
        <source>paused · %1 %</source>
        <translation>на паузе · %1 %</translation>
    </message>
    <message>
        <source>being compared with the base</source>
        <translation>сравнивается с базой</translation>
    </message>
    <message>
        <source>did not succeed</source>
        <translation>не удалось</translation>
    </message>
    <message>
        <source>no examples yet</source>
        <translation>примеров пока нет</translation>
    </message>
    <message numerus="yes">
        <source>%n example(s), not trained yet</source>
        <translation>
            <numerusform>%n пример, ещё не обучен</numerusform>
            <numerusform>%n примера, ещё не обучен</numerusform>
            <numerusform>%n примеров, ещё не обучен</numerusform>
        </translation>
    </message>
    <message>
        <source>adapter is gone</source>
        <translation>адаптер удалён</translation>
    </message>
    <message>
        <source>on · strength %1</source>
        <translation>включён · сила %1</translation>
    </message>
    <message numerus="yes">
        <source>on for %n assistant(s)</source>
        <translation>
            <numerusform>включён у %n ассистента</numerusform>
            <numerusform>включён у %n ассистентов</numerusform>
            <numerusform>включён у %n ассистентов</numerusform>
        </translation>
    </message>
    <message>
        <source>not better than the base</source>
        <translation>не лучше базы</translation>
    </message>
    <message>
        <source>off</source>
        <translation>выключен</translation>
    </message>
    <message>
        <source>The model is being loaded…</source>
        <translation>Модель загружается…</translation>
    </message>
    <message>
        <source>step %1 of %2</source>
        <translation>шаг %1 из %2</translation>
    </message>
    <message>
        <source>The adapter is being written and checked…</source>
        <translation>Адаптер сохраняется и проверяется…</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>осталось %1</translation>
    </message>
    <message>
        <source>%1 tok/s</source>
        <translation>%1 ток/с</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 из %2</translation>
    </message>
    <message>
        <source>The training diverged: the loss is not a number (NaN).</source>
        <translation>Обучение разошлось: ошибка перестала быть числом (NaN).</translation>
    </message>
    <message>
        <source>Train anew with the preset “Careful”.</source>
        <translation>Обучите заново с набором «Бережный».</translation>
    </message>
    <message>
        <source>The training diverged: the loss only rose, so it was stopped.</source>
        <translation>Обучение разошлось: ошибка только росла, и оно остановлено.</translation>
    </message>
    <message>
        <source>Train anew with the preset “Careful”, and look the examples over.</source>
        <translation>Обучите заново с набором «Бережный» и просмотрите примеры.</translation>
    </message>
    <message>
        <source>The memory was not enough.</source>
        <translation>Не хватило памяти.</translation>
    </message>
    <message>
        <source>Close other programs and resume, or train anew with shorter examples.</source>
        <translation>Закройте другие программы и продолжите — или обучите заново на примерах покороче.</translation>
    </message>
    <message>
        <source>The disk is full.</source>
        <translation>На диске нет места.</translation>
    </message>
    <message>
        <source>Free some space and resume: the last checkpoint is kept.</source>
        <translation>Освободите место и продолжите: последняя контрольная точка сохранена.</translation>
    </message>
    <message>
        <source>The battery ran low, so the training paused.</source>
        <translation>Батарея почти разряжена, обучение на паузе.</translation>
    </message>
    <message>
        <source>Plug the computer in and resume.</source>
        <translation>Подключите питание и продолжите.</translation>
    </message>
    <message>
        <source>The training ended unexpectedly.</source>
        <translation>Обучение неожиданно прервалось.</translation>
    </message>
    <message>
        <source>Resume: it goes on from the last checkpoint.</source>
        <translation>Нажмите «Продолжить»: оно пойдёт с последней контрольной точки.</translation>
    </message>
    <message>
        <source>The finished adapter did not answer as it did in training.</source>
        <translation>Готовый адаптер отвечает не так, как при обучении.</translation>
    </message>
    <message>
        <source>It was not published. Train anew; if it happens again, report it.</source>
        <translation>Он не сохранён. Обучите заново; если повторится, сообщите нам.</translation>
    </message>
    <message>
        <source>Too few examples are short enough.</source>
        <translation>Слишком мало достаточно коротких примеров.</translation>
    </message>
    <message>
        <source>Allow longer examples under “More”, or shorten their passages.</source>
        <translation>Разрешите более длинные примеры в разделе «Ещё» или сократите отрывки.</translation>
    </message>
    <message>
        <source>The model file could not be opened for training.</source>
        <translation>Файл модели не удалось открыть для обучения.</translation>
    </message>
    <message>
        <source>Look at the model on the Models page; add its file again if need be.</source>
        <translation>Проверьте модель на странице «Модели»; при необходимости добавьте её файл заново.</translation>
    </message>
    <message>
        <source>The training was cut off when the program or the computer stopped.</source>
        <translation>Обучение прервалось вместе с программой или компьютером.</translation>
    </message>
    <message>
        <source>Not signed: nobody can tell where it comes from.</source>
        <translation>Не подписан: неизвестно, откуда он.</translation>
    </message>
    <message>
        <source>Signed by this workspace: %1</source>
        <translation>Подписан в этом Ларце: %1</translation>
    </message>
    <message>
        <source>Signed by somebody known here: %1</source>
        <translation>Подпись здесь уже известна: %1</translation>
    </message>
    <message>
        <source>Signed by somebody unknown here: %1</source>
        <translation>Подпись здесь неизвестна: %1</translation>
    </message>
    <message>
        <source>an unknown model</source>
        <translation>неизвестная модель</translation>
    </message>
    <message>
        <source>Belongs to %1</source>
        <translation>Для модели: %1</translation>
    </message>
    <message>
        <source>Trained from %1</source>
        <translation>Обучен на модели: %1</translation>
    </message>
    <message numerus="yes">
        <source>%n example(s)</source>
        <translation>
            <numerusform>%n пример</numerusform>
            <numerusform>%n примера</numerusform>
            <numerusform>%n примеров</numerusform>
        </translation>
    </message>
    <message>
        <source>rank %1</source>
        <translation>ранг %1</translation>
    </message>
    <message>
        <source>document</source>
        <translation>документ</translation>
    </message>
    <message>
        <source>chat</source>
        <translation>беседа</translation>
    </message>
    <message>
        <source>file</source>
        <translation>файл</translation>
    </message>
    <message>
        <source>personal data</source>
        <translation>личные данные</translation>
    </message>
    <message>
        <source>long answer</source>
        <translation>длинный ответ</translation>
    </message>
    <message>
        <source>other language</source>
        <translation>другой язык</translation>
    </message>
    <message>
        <source>near-duplicate</source>
        <translation>почти повтор</translation>
    </message>
    <message>
        <source>Not taken: %1.</source>
        <translation>Не взято: %1.</translation>
    </message>
    <message numerus="yes">
        <source>%n whose quote is not in the passage</source>
        <translation>
            <numerusform>%n, чьей цитаты нет в отрывке</numerusform>
            <numerusform>%n, чьей цитаты нет в отрывке</numerusform>
            <numerusform>%n, чьей цитаты нет в отрывке</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n whose question speaks of “this text”</source>
        <translation>
            <numerusform>%n с вопросом об «этом тексте»</numerusform>
            <numerusform>%n с вопросом об «этом тексте»</numerusform>
            <numerusform>%n с вопросом об «этом тексте»</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n that a second reading did not confirm</source>
        <translation>
            <numerusform>%n, не подтверждённый вторым чтением</numerusform>
            <numerusform>%n, не подтверждённых вторым чтением</numerusform>
            <numerusform>%n, не подтверждённых вторым чтением</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n near-duplicate(s)</source>
        <translation>
            <numerusform>%n почти повтор</numerusform>
            <numerusform>%n почти повтора</numerusform>
            <numerusform>%n почти повторов</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n without a question or an answer</source>
        <translation>
            <numerusform>%n без вопроса или ответа</numerusform>
            <numerusform>%n без вопроса или ответа</numerusform>
            <numerusform>%n без вопроса или ответа</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n too long</source>
        <translation>
            <numerusform>%n слишком длинный</numerusform>
            <numerusform>%n слишком длинных</numerusform>
            <numerusform>%n слишком длинных</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unreadable</source>
        <translation>
            <numerusform>%n нечитаемый</numerusform>
            <numerusform>%n нечитаемых</numerusform>
            <numerusform>%n нечитаемых</numerusform>
        </translation>
    </message>
    <message>
        <source>Quick</source>
        <translation>Быстрый</translation>
    </message>
    <message>
        <source>A first try: shows in a short time whether the examples teach anything.</source>
        <translation>Первая проба: быстро покажет, учат ли примеры чему-нибудь.</translation>
    </message>
    <message>
        <source>Balanced</source>
        <translation>Сбалансированный</translation>
    </message>
    <message>
        <source>The usual choice for style, format and terms.</source>
        <translation>Обычный выбор для стиля, формата и терминов.</translation>
    </message>
    <message>
        <source>Thorough</source>
        <translation>Тщательный</translation>
    </message>
    <message>
        <source>For several hundred examples and more. Takes the longest.</source>
        <translation>Для нескольких сотен примеров и больше. Дольше всего.</translation>
    </message>
    <message>
        <source>Careful</source>
        <translation>Бережный</translation>
    </message>
    <message>
        <source>Small steps: changes less, forgets least. For few or uneven examples.</source>
        <translation>Мелкими шагами: меньше меняет и забывает. Для малого числа или неровных примеров.</translation>
    </message>
    <message>
        <source>Fewer than 50 examples rarely teach anything. Add some more, or see the result as a try.</source>
        <translation>Меньше 50 примеров редко чему-то учат. Добавьте ещё или считайте результат пробой.</translation>
    </message>
    <message>
        <source>Enough for tone and format.</source>
        <translation>Этого хватит для тона и формата.</translation>
    </message>
    <message>
        <source>Enough for tone, format and how to answer from documents.</source>
        <translation>Этого хватит для тона, формата и ответов по документам.</translation>
    </message>
    <message>
        <source>Enough for a broad change of style.</source>
        <translation>Этого хватит, чтобы заметно изменить стиль.</translation>
    </message>
</context>
<context>
    <name>Transfers</name>
    <message>
        <source>Import a collection…</source>
        <translation>Импортировать коллекцию…</translation>
    </message>
    <message>
        <source>Export the collection…</source>
        <translation>Экспортировать коллекцию…</translation>
    </message>
    <message>
        <source>Import a collection</source>
        <translation>Импорт коллекции</translation>
    </message>
    <message>
        <source>Collections (*%1)</source>
        <translation>Коллекции (*%1)</translation>
    </message>
    <message numerus="yes">
        <source>%n document(s) exported</source>
        <translation>
            <numerusform>%n документ экспортирован</numerusform>
            <numerusform>%n документа экспортированы</numerusform>
            <numerusform>%n документов экспортировано</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n left out: not read yet, or unreadable</source>
        <translation>
            <numerusform>%n пропущен: ещё не прочитан или не читается</numerusform>
            <numerusform>%n пропущено: ещё не прочитаны или не читаются</numerusform>
            <numerusform>%n пропущено: ещё не прочитаны или не читаются</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n document(s) taken in</source>
        <translation>
            <numerusform>%n документ принят</numerusform>
            <numerusform>%n документа приняты</numerusform>
            <numerusform>%n документов принято</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TurnActs</name>
    <message>
        <source>Copy as Markdown</source>
        <translation>Скопировать как Markdown</translation>
    </message>
    <message>
        <source>Copy as plain text</source>
        <translation>Скопировать как простой текст</translation>
    </message>
    <message>
        <source>Export this answer…</source>
        <translation>Сохранить этот ответ в файл…</translation>
    </message>
    <message>
        <source>What was sent to the model…</source>
        <translation>Что было отправлено модели…</translation>
    </message>
</context>
<context>
    <name>UseStep</name>
    <message>
        <source>Comes with the report: switch the adapter on here.</source>
        <extracomment>A slider that is being moved stores when it rests.</extracomment>
        <translation>Появится вместе с отчётом: здесь адаптер включают.</translation>
    </message>
    <message>
        <source>For everybody who asks without an assistant</source>
        <translation>Для всех, кто спрашивает без ассистента</translation>
    </message>
    <message>
        <source>Acts on the next answer.</source>
        <translation>Действует со следующего ответа.</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>Сила</translation>
    </message>
    <message>
        <source>The base for now</source>
        <translation>Пока только база</translation>
    </message>
    <message>
        <source>Switches every adapter off until this is pressed again, to compare the answers</source>
        <translation>Выключает все адаптеры до повторного нажатия, чтобы сравнить ответы</translation>
    </message>
    <message>
        <source>For assistants</source>
        <translation>У ассистентов</translation>
    </message>
    <message>
        <source>There are no assistants yet.</source>
        <translation>Ассистентов пока нет.</translation>
    </message>
    <message>
        <source>%1 (uses “%2” now)</source>
        <translation>%1 (сейчас с «%2»)</translation>
    </message>
    <message>
        <source>Every adapter is off now; press again to switch them back on.</source>
        <translation>Все адаптеры сейчас выключены; нажмите ещё раз, чтобы вернуть их.</translation>
    </message>
    <message>
        <source>Readers use adapters; an editor may switch them on.</source>
        <translation>Читатель пользуется адаптерами; включить их может редактор.</translation>
    </message>
</context>
<context>
    <name>VariablesField</name>
    <message>
        <source>Words in braces are filled in: {user name} and {date} by the program, others, {company} for example, with what you write here.</source>
        <translation>Слова в фигурных скобках подставляются: {имя пользователя} и {дата} — программой, остальные, например {компания}, — тем, что вы укажете здесь.</translation>
    </message>
    <message>
        <source>Without a value: %1.</source>
        <translation>Без значения: %1.</translation>
    </message>
    <message>
        <source>Value of %1</source>
        <translation>Значение %1</translation>
    </message>
</context>
<context>
    <name>Verdict</name>
    <message>
        <source>Answers that are there</source>
        <translation>Сколько ответов готово</translation>
    </message>
    <message>
        <source>%1 of %2 answered</source>
        <translation>Отвечено %1 из %2</translation>
    </message>
</context>
<context>
    <name>Versions</name>
    <message>
        <source>Earlier versions</source>
        <translation>Прежние версии</translation>
    </message>
    <message>
        <source>Version %1 · %2</source>
        <translation>Версия %1 · %2</translation>
    </message>
    <message>
        <source>held-out loss %1 %</source>
        <translation>ошибка на проверке %1 %</translation>
    </message>
    <message>
        <source>Go back to it</source>
        <translation>Вернуть её</translation>
    </message>
    <message>
        <source>Go back to version %1? The present one stays, switched off.</source>
        <translation>Вернуть версию %1? Нынешняя останется, но будет выключена.</translation>
    </message>
</context>
<context>
    <name>VersionsDialog</name>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>Go back to it</source>
        <translation>Вернуть её</translation>
    </message>
    <message>
        <source>Versions of %1</source>
        <translation>Версии ассистента %1</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>Версии</translation>
    </message>
    <message>
        <source>What the instruction would be</source>
        <translation>Какой станет инструкция</translation>
    </message>
    <message>
        <source>This is what it is now.</source>
        <translation>Это нынешняя версия.</translation>
    </message>
    <message>
        <source>Nothing differs from what it is now.</source>
        <translation>От нынешней версии ничем не отличается.</translation>
    </message>
    <message>
        <source>Going back changes the instruction:</source>
        <translation>При возврате изменится инструкция:</translation>
    </message>
</context>
<context>
    <name>ViewSection</name>
    <message>
        <source>View</source>
        <translation>Вид</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Язык</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Тема</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Размер</translation>
    </message>
    <message>
        <source>Of the window. Answers come in the language of the question.</source>
        <translation>Язык окна. Ответы — на языке вопроса.</translation>
    </message>
    <message>
        <source>Default: the system's.</source>
        <translation>По умолчанию как в системе.</translation>
    </message>
    <message>
        <source>Of text and controls, from the next start on.</source>
        <translation>Текст и элементы управления, со следующего запуска.</translation>
    </message>
    <message>
        <source>Less motion</source>
        <translation>Меньше движения</translation>
    </message>
    <message>
        <source>Bars and the text cursor keep still, menus open at once. Default: off.</source>
        <translation>Полосы хода работы и текстовый курсор неподвижны, меню открываются сразу. По умолчанию: выключено.</translation>
    </message>
    <message>
        <source>System</source>
        <translation>Системная</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Светлая</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Тёмная</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
</context>
<context>
    <name>ViewerWindow</name>
    <message numerus="yes">
        <source>%n page(s)</source>
        <translation>
            <numerusform>%n страница</numerusform>
            <numerusform>%n страницы</numerusform>
            <numerusform>%n страниц</numerusform>
        </translation>
    </message>
    <message>
        <source>Tables are printed by their own program: open the original.</source>
        <translation>Таблицы печатает их собственная программа: откройте исходный файл.</translation>
    </message>
    <message>
        <source>It is too long to be printed from here: open the original.</source>
        <translation>Документ слишком длинный, чтобы печатать его отсюда: откройте исходный файл.</translation>
    </message>
    <message>
        <source>Printing page %1 of %2…</source>
        <translation>Печать: страница %1 из %2…</translation>
    </message>
</context>
<context>
    <name>WatchedDialog</name>
    <message>
        <source>Watched folders</source>
        <translation>Отслеживаемые папки</translation>
    </message>
    <message>
        <source>all that Larets reads, or *.pdf, *.docx</source>
        <translation>всё, что Ларец читает, или *.pdf, *.docx</translation>
    </message>
    <message>
        <source>such as drafts/*, ~*</source>
        <translation>например, черновики/*, ~*</translation>
    </message>
    <message>
        <source>mark them and ask</source>
        <translation>отмечать и спрашивать</translation>
    </message>
    <message>
        <source>remove them here too</source>
        <translation>удалять и здесь</translation>
    </message>
    <message>
        <source>keep them</source>
        <translation>оставлять</translation>
    </message>
    <message>
        <source>Only</source>
        <translation>Только</translation>
    </message>
    <message>
        <source>Not</source>
        <translation>Кроме</translation>
    </message>
    <message>
        <source>Deleted files</source>
        <translation>Удалённые файлы</translation>
    </message>
    <message>
        <source>New and changed files are read automatically. Files on a drive that is not connected do not count as deleted.</source>
        <translation>Новые и изменённые файлы читаются сами. Отключённый диск удалением не считается.</translation>
    </message>
    <message>
        <source>No folder is watched yet.</source>
        <translation>Пока не отслеживается ни одна папка.</translation>
    </message>
    <message>
        <source>Watch a folder</source>
        <translation>Отслеживать папку</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Изменить</translation>
    </message>
    <message>
        <source>Stop watching</source>
        <translation>Не отслеживать</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>looked at: %1</source>
        <translation>проверено: %1</translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>What would you like to know?</source>
        <extracomment>Points, open questions and documents that are shown, and the width that reads well.</extracomment>
        <translation>Что вы хотите узнать?</translation>
    </message>
    <message>
        <source>Answers come from your documents, each with the passages that it rests on.</source>
        <translation>Ответы берутся из ваших документов, и к каждому показаны отрывки, на которых он основан.</translation>
    </message>
</context>
<context>
    <name>WindowBar</name>
    <message>
        <source>Page</source>
        <extracomment>Pixels from which the bar has room for these.</extracomment>
        <translation>Страница</translation>
    </message>
    <message>
        <source>Go to a page (Ctrl+G)</source>
        <translation>Перейти к странице (Ctrl+G)</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>Мельче</translation>
    </message>
    <message>
        <source>Ctrl+−</source>
        <translation>Ctrl+−</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>Крупнее</translation>
    </message>
    <message>
        <source>Ctrl++</source>
        <translation>Ctrl++</translation>
    </message>
    <message>
        <source>Fit width</source>
        <translation>По ширине</translation>
    </message>
    <message>
        <source>Ctrl+0</source>
        <translation>Ctrl+0</translation>
    </message>
    <message>
        <source>All pages below each other</source>
        <translation>Все страницы подряд</translation>
    </message>
    <message>
        <source>Rotate</source>
        <translation>Повернуть</translation>
    </message>
    <message>
        <source>Ctrl+R</source>
        <translation>Ctrl+R</translation>
    </message>
    <message>
        <source>Find in the document</source>
        <translation>Найти в документе</translation>
    </message>
    <message>
        <source>Ctrl+F</source>
        <translation>Ctrl+F</translation>
    </message>
    <message>
        <source>Print…</source>
        <translation>Печать…</translation>
    </message>
    <message>
        <source>Ctrl+P</source>
        <translation>Ctrl+P</translation>
    </message>
    <message>
        <source>Open the original…</source>
        <translation>Открыть оригинал…</translation>
    </message>
    <message>
        <source>Ask about it</source>
        <translation>Спросить об этом</translation>
    </message>
    <message>
        <source>Begin a question about it</source>
        <translation>Задать вопрос об этом документе</translation>
    </message>
    <message>
        <source>not read whole</source>
        <translation>прочитан не весь</translation>
    </message>
    <message>
        <source>of %1</source>
        <translation>из %1</translation>
    </message>
</context>
<context>
    <name>_CollectionDelegate</name>
    <message numerus="yes">
        <source>%n document(s)</source>
        <translation>
            <numerusform>%n документ</numerusform>
            <numerusform>%n документа</numerusform>
            <numerusform>%n документов</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n passage(s)</source>
        <translation>
            <numerusform>%n отрывок</numerusform>
            <numerusform>%n отрывка</numerusform>
            <numerusform>%n отрывков</numerusform>
        </translation>
    </message>
    <message>
        <source>a folder is watched</source>
        <translation>папка отслеживается</translation>
    </message>
    <message>
        <source>of the department</source>
        <translation>отдела</translation>
    </message>
</context>
</TS>
