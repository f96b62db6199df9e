<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>handrail::app::DesktopNotifier</name>
    <message numerus="yes">
        <source>%n things wait for a person</source>
        <translation>
            <numerusform>%n thing waits for a person</numerusform>
            <numerusform>%n things wait for a person</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>handrail::app::Tray</name>
    <message numerus="yes">
        <source>Handrail: %Ln wait for a person</source>
        <translation>
            <numerusform>Handrail: %Ln waits for a person</numerusform>
            <numerusform>Handrail: %Ln wait for a person</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>handrail::models::FiguresModel</name>
    <message numerus="yes">
        <source>%1 of %Ln calls</source>
        <translation>
            <numerusform>%1 of %Ln call</numerusform>
            <numerusform>%1 of %Ln calls</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 a run, %2 in %Ln runs</source>
        <translation>
            <numerusform>%1 a run, %2 in %Ln run</numerusform>
            <numerusform>%1 a run, %2 in %Ln runs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>handrail::models::ToolsModel</name>
    <message numerus="yes">
        <source>%1, %n attempts</source>
        <translation>
            <numerusform>%1, %n attempt</numerusform>
            <numerusform>%1, %n attempts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>handrail::ui::BarList</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>handrail::ui::ChecklistView</name>
    <message numerus="yes">
        <source>%n places</source>
        <translation>
            <numerusform>%n place</numerusform>
            <numerusform>%n places</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>handrail::ui::DecisionBar</name>
    <message numerus="yes">
        <source>%n people must agree before it is sent.</source>
        <translation>
            <numerusform>%n person must agree before it is sent.</numerusform>
            <numerusform>%n people must agree before it is sent.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 agreed. %n more must agree before it is sent.</source>
        <translation>
            <numerusform>%1 agreed. %n more must agree before it is sent.</numerusform>
            <numerusform>%1 agreed. %n more must agree before it is sent.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>handrail::ui::RunPane</name>
    <message numerus="yes">
        <source>%n retries</source>
        <translation>
            <numerusform>%n retry</numerusform>
            <numerusform>%n retries</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>handrail::ui::ToolDetail</name>
    <message numerus="yes">
        <source>, %n calls under way</source>
        <translation>
            <numerusform>, %n call under way</numerusform>
            <numerusform>, %n calls under way</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>handrail::ui::BulkPanel</name>
    <message numerus="yes">
        <source>%n more are not in this list: decide these first, then the next ones stand here.</source>
        <translation>
            <numerusform>%n more is not in this list: decide these first, then it stands here.</numerusform>
            <numerusform>%n more are not in this list: decide these first, then the next ones stand here.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more with this cause came since. They are not in this list, so nothing here decides them.</source>
        <translation>
            <numerusform>%n more with this cause came since. It is not in this list, so nothing here decides it.</numerusform>
            <numerusform>%n more with this cause came since. They are not in this list, so nothing here decides them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Decide %n together</source>
        <translation>
            <numerusform>Decide %n</numerusform>
            <numerusform>Decide %n together</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>handrail::models::InboxModel</name>
    <message numerus="yes">
        <source>%Ln tickets with one cause, like: %1</source>
        <translation>
            <numerusform>%Ln ticket with one cause, like: %1</numerusform>
            <numerusform>%Ln tickets with one cause, like: %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>handrail::ui::ReplayView</name>
    <message numerus="yes">
        <source>✓ Same decisions, %n lines</source>
        <translation>
            <numerusform>✓ Same decisions, %n line</numerusform>
            <numerusform>✓ Same decisions, %n lines</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>handrail::ui::WhatIfPanel</name>
    <message numerus="yes">
        <source>≠ %n lines would be other.</source>
        <translation>
            <numerusform>≠ %n line would be other.</numerusform>
            <numerusform>≠ %n lines would be other.</numerusform>
        </translation>
    </message>
</context>
</TS>
