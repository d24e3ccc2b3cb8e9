<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>AddingNews</name>
    <message numerus="yes">
        <source>%n file(s) could not be read.</source>
        <translation>
            <numerusform>%n file could not be read.</numerusform>
            <numerusform>%n files could not be read.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) were taken off the list; what was read stays.</source>
        <translation>
            <numerusform>%n file was taken off the list; what was read stays.</numerusform>
            <numerusform>%n files were taken off the list; what was read stays.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AddingStrip</name>
    <message numerus="yes">
        <source>Paused: %n file(s) wait.</source>
        <translation>
            <numerusform>Paused: %n file waits.</numerusform>
            <numerusform>Paused: %n files wait.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n minute(s) left</source>
        <translation>
            <numerusform>about %n minute left</numerusform>
            <numerusform>about %n minutes left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n hour(s) left</source>
        <translation>
            <numerusform>about %n hour left</numerusform>
            <numerusform>about %n hours left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AnswerWords</name>
    <message numerus="yes">
        <source>Every document on its own: %n document(s)</source>
        <translation>
            <numerusform>Every document on its own: %n document</numerusform>
            <numerusform>Every document on its own: %n documents</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AskBoth</name>
    <message numerus="yes">
        <source>%1 of %n citation(s) supported by their passage</source>
        <translation>
            <numerusform>%1 of %n citation supported by its passage</numerusform>
            <numerusform>%1 of %n citations supported by their passages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AssistantWords</name>
    <message numerus="yes">
        <source>up to %n token(s)</source>
        <translation>
            <numerusform>up to %n token</numerusform>
            <numerusform>up to %n tokens</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n collection(s)</source>
        <translation>
            <numerusform>%n collection</numerusform>
            <numerusform>%n collections</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AssistantsPage</name>
    <message numerus="yes">
        <source>%n assistant(s) put away</source>
        <translation>
            <numerusform>%n assistant put away</numerusform>
            <numerusform>%n assistants put away</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ChosenActs</name>
    <message numerus="yes">
        <source>%n document(s) removed</source>
        <translation>
            <numerusform>%n document removed</numerusform>
            <numerusform>%n documents removed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CitedDocuments</name>
    <message numerus="yes">
        <source>in %n answer(s)</source>
        <translation>
            <numerusform>in %n answer</numerusform>
            <numerusform>in %n answers</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CollectionStatistics</name>
    <message numerus="yes">
        <source>document(s)</source>
        <translation>
            <numerusform>document</numerusform>
            <numerusform>documents</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>page(s)</source>
        <translation>
            <numerusform>page</numerusform>
            <numerusform>pages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>passage(s)</source>
        <translation>
            <numerusform>passage</numerusform>
            <numerusform>passages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ConversationController</name>
    <message numerus="yes">
        <source>%n passage(s) found, reading</source>
        <translation>
            <numerusform>%n passage found, reading</numerusform>
            <numerusform>%n passages found, reading</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DataStep</name>
    <message numerus="yes">
        <source>%n answer(s) that you liked or corrected.</source>
        <translation>
            <numerusform>%n answer that you liked or corrected.</numerusform>
            <numerusform>%n answers that you liked or corrected.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n example(s) added.</source>
        <translation>
            <numerusform>%n example added.</numerusform>
            <numerusform>%n examples added.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n example(s) put aside.</source>
        <translation>
            <numerusform>%n example put aside.</numerusform>
            <numerusform>%n examples put aside.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n example(s) used again.</source>
        <translation>
            <numerusform>%n example used again.</numerusform>
            <numerusform>%n examples used again.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DepartmentKind</name>
    <message numerus="yes">
        <source>%n document(s) wait</source>
        <translation>
            <numerusform>%n document waits</numerusform>
            <numerusform>%n documents wait</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n are being read</source>
        <translation>
            <numerusform>%n is being read</numerusform>
            <numerusform>%n are being read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n could not be read</source>
        <translation>
            <numerusform>%n could not be read</numerusform>
            <numerusform>%n could not be read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n worker(s) connected</source>
        <translation>
            <numerusform>%n worker connected</numerusform>
            <numerusform>%n workers connected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n document(s) were left out: not read yet, or there already.</source>
        <translation>
            <numerusform>%n document was left out: not read yet, or there already.</numerusform>
            <numerusform>%n documents were left out: not read yet, or there already.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DocumentDetails</name>
    <message numerus="yes">
        <source>%n document(s) chosen</source>
        <translation>
            <numerusform>%n document chosen</numerusform>
            <numerusform>%n documents chosen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n time(s)</source>
        <translation>
            <numerusform>%n time</numerusform>
            <numerusform>%n times</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n passage(s)</source>
        <translation>
            <numerusform>%n passage</numerusform>
            <numerusform>%n passages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n page(s)</source>
        <translation>
            <numerusform>%n page</numerusform>
            <numerusform>%n pages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n page(s) recognised</source>
        <translation>
            <numerusform>%n page recognised</numerusform>
            <numerusform>%n pages recognised</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DocumentsForm</name>
    <message numerus="yes">
        <source>%n document(s) chosen.</source>
        <translation>
            <numerusform>%n document chosen.</numerusform>
            <numerusform>%n documents chosen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>None is ticked: all %n document(s) are used.</source>
        <translation>
            <numerusform>None is ticked: the %n document is used.</numerusform>
            <numerusform>None is ticked: all %n documents are used.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DocumentsStep</name>
    <message numerus="yes">
        <source>%n document(s)</source>
        <translation>
            <numerusform>%n document</numerusform>
            <numerusform>%n documents</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExamPanel</name>
    <message numerus="yes">
        <source>%n test question(s) added.</source>
        <translation>
            <numerusform>%n test question added.</numerusform>
            <numerusform>%n test questions added.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>GreetingCard</name>
    <message numerus="yes">
        <source>%n conversation(s) will be summarised while nobody asks.</source>
        <translation>
            <numerusform>%n conversation will be summarised while nobody asks.</numerusform>
            <numerusform>%n conversations will be summarised while nobody asks.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HealthDialog</name>
    <message numerus="yes">
        <source>%n problem(s) found</source>
        <translation>
            <numerusform>%n problem found</numerusform>
            <numerusform>%n problems found</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ImportDialog</name>
    <message numerus="yes">
        <source>%n document(s)</source>
        <translation>
            <numerusform>%n document</numerusform>
            <numerusform>%n documents</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n passage(s)</source>
        <translation>
            <numerusform>%n passage</numerusform>
            <numerusform>%n passages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n document(s) of the sender’s had not been read.</source>
        <translation>
            <numerusform>%n document of the sender’s had not been read.</numerusform>
            <numerusform>%n documents of the sender’s had not been read.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Intake</name>
    <message numerus="yes">
        <source>%n more waiting</source>
        <translation>
            <numerusform>%n more waiting</numerusform>
            <numerusform>%n more waiting</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LackingCard</name>
    <message numerus="yes">
        <source>%n more subject(s) stand in an export.</source>
        <translation>
            <numerusform>%n more subject stands in an export.</numerusform>
            <numerusform>%n more subjects stand in an export.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n time(s)</source>
        <translation>
            <numerusform>%n time</numerusform>
            <numerusform>%n times</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LeftOutFiles</name>
    <message numerus="yes">
        <source>%n file(s) of formats that are not read were left out</source>
        <translation>
            <numerusform>%n file of a format that is not read was left out</numerusform>
            <numerusform>%n files of formats that are not read were left out</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ModelWords</name>
    <message numerus="yes">
        <source>%1 of %n layer(s)</source>
        <translation>
            <numerusform>%1 of %n layer</numerusform>
            <numerusform>%1 of %n layers</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ModelsPage</name>
    <message numerus="yes">
        <source>%n document(s) are indexed anew for it; that may take a while.</source>
        <translation>
            <numerusform>%n document is indexed anew for it; that may take a while.</numerusform>
            <numerusform>%n documents are indexed anew for it; that may take a while.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Moving</name>
    <message numerus="yes">
        <source>%n document(s) moved to “%1”</source>
        <translation>
            <numerusform>%n document moved to “%1”</numerusform>
            <numerusform>%n documents moved to “%1”</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RatesTable</name>
    <message numerus="yes">
        <source>Over %n held-out question(s)</source>
        <translation>
            <numerusform>Over %n held-out question</numerusform>
            <numerusform>Over %n held-out questions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RowsModel</name>
    <message numerus="yes">
        <source>%n example(s)</source>
        <extracomment>What a cell shows is one line: the rest of a long text is not laid out.</extracomment>
        <translation>
            <numerusform>%n example</numerusform>
            <numerusform>%n examples</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n without an answer in the documents</source>
        <translation>
            <numerusform>%n without an answer in the documents</numerusform>
            <numerusform>%n without an answer in the documents</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to look at</source>
        <translation>
            <numerusform>%n to look at</numerusform>
            <numerusform>%n to look at</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n near-duplicate(s)</source>
        <translation>
            <numerusform>%n near-duplicate</numerusform>
            <numerusform>%n near-duplicates</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n put aside</source>
        <translation>
            <numerusform>%n put aside</numerusform>
            <numerusform>%n put aside</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RunningPart</name>
    <message numerus="yes">
        <source>%n token(s)</source>
        <translation>
            <numerusform>%n token</numerusform>
            <numerusform>%n tokens</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ScopeButton</name>
    <message numerus="yes">
        <source>%n document(s)</source>
        <translation>
            <numerusform>%n document</numerusform>
            <numerusform>%n documents</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ScopePanel</name>
    <message numerus="yes">
        <source>Changed in the last %n day(s)</source>
        <translation>
            <numerusform>Changed in the last %n day</numerusform>
            <numerusform>Changed in the last %n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more: type a part of the name.</source>
        <translation>
            <numerusform>%n more: type a part of the name.</numerusform>
            <numerusform>%n more: type a part of the name.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n document(s) are searched</source>
        <translation>
            <numerusform>%1 of %n document is searched</numerusform>
            <numerusform>%1 of %n documents are searched</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SeveralPane</name>
    <message numerus="yes">
        <source>%n summary(ies) chosen</source>
        <translation>
            <numerusform>%n summary chosen</numerusform>
            <numerusform>%n summaries chosen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SpokenWords</name>
    <message numerus="yes">
        <source>Answer with %n source(s)</source>
        <translation>
            <numerusform>Answer with %n source</numerusform>
            <numerusform>Answer with %n sources</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Steps</name>
    <message numerus="yes">
        <source>%n example(s)</source>
        <translation>
            <numerusform>%n example</numerusform>
            <numerusform>%n examples</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StorageUseKind</name>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n file</numerusform>
            <numerusform>%n files</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SummariesPage</name>
    <message numerus="yes">
        <source>Merge %n summary(ies) into one for good?</source>
        <translation>
            <numerusform>Merge %n summary into one for good?</numerusform>
            <numerusform>Merge %n summaries into one for good?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n summary(ies) deleted.</source>
        <translation>
            <numerusform>%n summary deleted.</numerusform>
            <numerusform>%n summaries deleted.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SummarySidebar</name>
    <message numerus="yes">
        <source>%n proposed note(s)</source>
        <translation>
            <numerusform>%n proposed note</numerusform>
            <numerusform>%n proposed notes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SummaryWords</name>
    <message numerus="yes">
        <source>%n point(s)</source>
        <translation>
            <numerusform>%n point</numerusform>
            <numerusform>%n points</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n open question(s)</source>
        <translation>
            <numerusform>%n open question</numerusform>
            <numerusform>%n open questions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n question(s)</source>
        <translation>
            <numerusform>%n question</numerusform>
            <numerusform>%n questions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n document(s)</source>
        <translation>
            <numerusform>%n document</numerusform>
            <numerusform>%n documents</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n summary(ies)</source>
        <translation>
            <numerusform>%n summary</numerusform>
            <numerusform>%n summaries</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n decision(s)</source>
        <translation>
            <numerusform>%n decision</numerusform>
            <numerusform>%n decisions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) old</source>
        <translation>
            <numerusform>%n day old</numerusform>
            <numerusform>%n days old</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>used %n time(s)</source>
        <translation>
            <numerusform>used %n time</numerusform>
            <numerusform>used %n times</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tiles</name>
    <message numerus="yes">
        <source>%n answer(s) have no time to the first word</source>
        <translation>
            <numerusform>%n answer has no time to the first word</numerusform>
            <numerusform>%n answers have no time to the first word</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TrainingPage</name>
    <message numerus="yes">
        <source>%n example(s)</source>
        <translation>
            <numerusform>%n example</numerusform>
            <numerusform>%n examples</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TrainingWords</name>
    <message numerus="yes">
        <source>%n example(s), not trained yet</source>
        <translation>
            <numerusform>%n example, not trained yet</numerusform>
            <numerusform>%n examples, not trained yet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>on for %n assistant(s)</source>
        <translation>
            <numerusform>on for %n assistant</numerusform>
            <numerusform>on for %n assistants</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n example(s)</source>
        <translation>
            <numerusform>%n example</numerusform>
            <numerusform>%n examples</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n whose quote is not in the passage</source>
        <translation>
            <numerusform>%n whose quote is not in the passage</numerusform>
            <numerusform>%n whose quote is not in the passage</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n whose question speaks of “this text”</source>
        <translation>
            <numerusform>%n whose question speaks of “this text”</numerusform>
            <numerusform>%n whose question speaks of “this text”</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n that a second reading did not confirm</source>
        <translation>
            <numerusform>%n that a second reading did not confirm</numerusform>
            <numerusform>%n that a second reading did not confirm</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n near-duplicate(s)</source>
        <translation>
            <numerusform>%n near-duplicate</numerusform>
            <numerusform>%n near-duplicates</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n without a question or an answer</source>
        <translation>
            <numerusform>%n without a question or an answer</numerusform>
            <numerusform>%n without a question or an answer</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n too long</source>
        <translation>
            <numerusform>%n too long</numerusform>
            <numerusform>%n too long</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unreadable</source>
        <translation>
            <numerusform>%n unreadable</numerusform>
            <numerusform>%n unreadable</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Transfers</name>
    <message numerus="yes">
        <source>%n document(s) exported</source>
        <translation>
            <numerusform>%n document exported</numerusform>
            <numerusform>%n documents exported</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n left out: not read yet, or unreadable</source>
        <translation>
            <numerusform>%n left out: not read yet, or unreadable</numerusform>
            <numerusform>%n left out: not read yet, or unreadable</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n document(s) taken in</source>
        <translation>
            <numerusform>%n document taken in</numerusform>
            <numerusform>%n documents taken in</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ViewerWindow</name>
    <message numerus="yes">
        <source>%n page(s)</source>
        <translation>
            <numerusform>%n page</numerusform>
            <numerusform>%n pages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_CollectionDelegate</name>
    <message numerus="yes">
        <source>%n document(s)</source>
        <translation>
            <numerusform>%n document</numerusform>
            <numerusform>%n documents</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n passage(s)</source>
        <translation>
            <numerusform>%n passage</numerusform>
            <numerusform>%n passages</numerusform>
        </translation>
    </message>
</context>
</TS>
