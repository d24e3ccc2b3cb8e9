<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru" sourcelanguage="en">
<context>
    <name>AddingStrip</name>
    <message>
        <source>Cancel</source>
        <translation>Отменить</translation>
    </message>
    <message>
        <source>Preparing…</source>
        <translation>Подготовка…</translation>
    </message>
    <message>
        <source>Indexing: %1 of %2 files</source>
        <translation>Индексация: %1 из %2 файлов</translation>
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
        <source>Found by words</source>
        <translation>Найдено по словам</translation>
    </message>
    <message>
        <source>sources %1 s</source>
        <translation>источники за %1 с</translation>
    </message>
    <message>
        <source>sources %1 s · first word %2 s · %3 tok/s</source>
        <translation>источники %1 с · первое слово %2 с · %3 ток/с</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>Остановлено.</translation>
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
        <source>Not in the documents. The nearest passages:</source>
        <translation>В документах этого нет. Ближайшие отрывки:</translation>
    </message>
    <message>
        <source>Nothing in the documents comes near this question.</source>
        <translation>В документах нет ничего близкого к этому вопросу.</translation>
    </message>
    <message>
        <source>Source %1 does not support this sentence.</source>
        <translation>Источник %1 не подтверждает это предложение.</translation>
    </message>
    <message>
        <source>Copy with sources</source>
        <translation>Копировать с источниками</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>Спросить ещё раз</translation>
    </message>
    <message>
        <source>Open the document at this passage</source>
        <translation>Открыть документ на этом отрывке</translation>
    </message>
</context>
<context>
    <name>ChatPage</name>
    <message>
        <source>Conversation</source>
        <extracomment>After an answer, until what was read of the conversation is stored.</extracomment>
        <translation>Беседа</translation>
    </message>
    <message>
        <source>What would you like to know?</source>
        <translation>Что вы хотите узнать?</translation>
    </message>
    <message>
        <source>Answers come from your documents, each with the passages that it rests on.</source>
        <translation>Ответы берутся из ваших документов, и к каждому показаны отрывки, на которых он основан.</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>Документ</translation>
    </message>
    <message>
        <source>Looking through the documents…</source>
        <translation>Просматриваю документы…</translation>
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
        <translation>Загружаю модель…</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>Найденное</translation>
    </message>
    <message>
        <source>No chat model</source>
        <translation>Нет модели для ответов</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>Ask your documents</source>
        <translation>Спросите о своих документах</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Вопрос</translation>
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
    <name>ConversationSidebar</name>
    <message>
        <source>Search conversations</source>
        <translation>Поиск по беседам</translation>
    </message>
    <message>
        <source>Conversations</source>
        <translation>Беседы</translation>
    </message>
    <message>
        <source>New conversation</source>
        <translation>Новая беседа</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Удалить</translation>
    </message>
    <message>
        <source>Delete the conversation “%1”?</source>
        <translation>Удалить беседу «%1»?</translation>
    </message>
</context>
<context>
    <name>Conversations</name>
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
        <source>Earlier</source>
        <translation>Раньше</translation>
    </message>
</context>
<context>
    <name>DocumentViewer</name>
    <message>
        <source>Choose a source under an answer: its document opens here at the very passage.</source>
        <extracomment>Around the sheet: its border on both sides and the scroll bar.</extracomment>
        <translation>Выберите источник под ответом: документ откроется здесь на нужном отрывке.</translation>
    </message>
    <message>
        <source>Previous page</source>
        <translation>Предыдущая страница</translation>
    </message>
    <message>
        <source>Next page</source>
        <translation>Следующая страница</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>Мельче</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>Крупнее</translation>
    </message>
    <message>
        <source>p. %1 of %2</source>
        <translation>стр. %1 из %2</translation>
    </message>
</context>
<context>
    <name>Documents</name>
    <message>
        <source>Name</source>
        <translation>Название</translation>
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
        <source>today</source>
        <translation>сегодня</translation>
    </message>
    <message>
        <source>yesterday</source>
        <translation>вчера</translation>
    </message>
</context>
<context>
    <name>FoundList</name>
    <message>
        <source>Passages that an answer may use are listed here.</source>
        <translation>Здесь будут отрывки, которыми может воспользоваться ответ.</translation>
    </message>
    <message>
        <source>Open in the document</source>
        <translation>Открыть в документе</translation>
    </message>
</context>
<context>
    <name>Frame</name>
    <message>
        <source>Lock</source>
        <translation>Заблокировать</translation>
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
        <source>Larets opens no network connections: every attempt, also of a library inside it, is refused. Refused since the start: %1.</source>
        <translation>Ларец не открывает сетевых соединений: любая попытка, даже сторонней библиотеки внутри него, отклоняется. Отклонено с запуска: %1.</translation>
    </message>
    <message>
        <source>New conversation</source>
        <translation>Новая беседа</translation>
    </message>
    <message>
        <source>Add files</source>
        <translation>Добавить файлы</translation>
    </message>
    <message>
        <source>Search here</source>
        <translation>Искать здесь</translation>
    </message>
    <message>
        <source>Stop the answer</source>
        <translation>Остановить ответ</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Отправить</translation>
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
        <source>Light theme</source>
        <translation>Светлая тема</translation>
    </message>
    <message>
        <source>Dark theme</source>
        <translation>Тёмная тема</translation>
    </message>
</context>
<context>
    <name>LibraryPage</name>
    <message>
        <source>COLLECTIONS</source>
        <extracomment>A burst of changes reloads the table once.</extracomment>
        <translation>КОЛЛЕКЦИИ</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>Библиотека</translation>
    </message>
    <message>
        <source>Filter by name</source>
        <translation>Фильтр по имени</translation>
    </message>
    <message>
        <source>Add files</source>
        <translation>Добавить файлы</translation>
    </message>
    <message>
        <source>Add a folder</source>
        <translation>Добавить папку</translation>
    </message>
    <message>
        <source>No documents yet</source>
        <translation>Документов пока нет</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Добавить</translation>
    </message>
    <message>
        <source>Drop files or a folder here: PDF, DOCX, TXT, Markdown. They stay on this computer, encrypted.</source>
        <translation>Перетащите сюда файлы или папку: PDF, DOCX, TXT, Markdown. Они останутся на этом компьютере в зашифрованном виде.</translation>
    </message>
    <message>
        <source>Take the sample library</source>
        <translation>Взять библиотеку-пример</translation>
    </message>
    <message>
        <source>Ask about it</source>
        <translation>Спросить о нём</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Убрать</translation>
    </message>
    <message>
        <source>Choose a document to look at it.</source>
        <translation>Выберите документ, чтобы посмотреть его.</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>Документы</translation>
    </message>
    <message>
        <source>Adding documents</source>
        <translation>Добавление документов</translation>
    </message>
    <message numerus="yes">
        <source>Remove %n document(s) with everything that was made of them?</source>
        <translation>
            <numerusform>Убрать %n документ со всем, что из него сделано?</numerusform>
            <numerusform>Убрать %n документа со всем, что из них сделано?</numerusform>
            <numerusform>Убрать %n документов со всем, что из них сделано?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) wait from an earlier run.</source>
        <translation>
            <numerusform>%n файл ждёт с прошлого раза.</numerusform>
            <numerusform>%n файла ждут с прошлого раза.</numerusform>
            <numerusform>%n файлов ждут с прошлого раза.</numerusform>
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
    <message numerus="yes">
        <source>%n passage(s)</source>
        <translation>
            <numerusform>%n отрывок</numerusform>
            <numerusform>%n отрывка</numerusform>
            <numerusform>%n отрывков</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) could not be read.</source>
        <translation>
            <numerusform>%n файл не удалось прочитать.</numerusform>
            <numerusform>%n файла не удалось прочитать.</numerusform>
            <numerusform>%n файлов не удалось прочитать.</numerusform>
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
</context>
<context>
    <name>LoginPage</name>
    <message>
        <source>Show the password</source>
        <extracomment>The card's faces: unlock, first profile, the new profile's recovery key, a forgotten password.</extracomment>
        <translation>Показать пароль</translation>
    </message>
    <message>
        <source>Larets</source>
        <translation>Ларец</translation>
    </message>
    <message>
        <source>Your data is encrypted. No network is used.</source>
        <translation>Данные зашифрованы. Сеть не используется.</translation>
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
        <source>Welcome</source>
        <translation>Добро пожаловать</translation>
    </message>
    <message>
        <source>Make the first profile. It is the administrator's; everything that Larets keeps is encrypted with its password.</source>
        <translation>Создайте первый профиль. Он принадлежит администратору; всё, что хранит Ларец, зашифровано его паролем.</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>Ваше имя</translation>
    </message>
    <message>
        <source>Password once more</source>
        <translation>Пароль ещё раз</translation>
    </message>
    <message>
        <source>Create the profile</source>
        <translation>Создать профиль</translation>
    </message>
    <message>
        <source>Recovery key</source>
        <translation>Ключ восстановления</translation>
    </message>
    <message>
        <source>Print this key or write it down and lock it away. It is shown this once, and it is the only way back if the password is forgotten.</source>
        <translation>Напечатайте или запишите этот ключ и уберите под замок. Он показан один раз, и без него забытый пароль не вернуть.</translation>
    </message>
    <message>
        <source>I have kept the key</source>
        <translation>Ключ сохранён</translation>
    </message>
    <message>
        <source>The two passwords differ.</source>
        <translation>Пароли не совпадают.</translation>
    </message>
    <message>
        <source>Enter a name.</source>
        <translation>Введите имя.</translation>
    </message>
    <message>
        <source>Unlocking…</source>
        <translation>Открываю…</translation>
    </message>
</context>
<context>
    <name>ProblemStrip</name>
    <message>
        <source>Go on</source>
        <translation>Продолжить</translation>
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
        <source>Set the new password</source>
        <translation>Задать новый пароль</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Назад</translation>
    </message>
</context>
<context>
    <name>Window</name>
    <message>
        <source>Chat</source>
        <translation>Чат</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>Библиотека</translation>
    </message>
</context>
</TS>
