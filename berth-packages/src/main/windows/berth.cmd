@echo off
rem Starts Berth on the runtime beside it. BERTH_DEBUG=1 says why an archive of classes was refused; BERTH_JAVA_OPTIONS adds
rem JVM flags.

setlocal EnableExtensions DisableDelayedExpansion
set "home=%~dp0"
rem neither would be found on the class path: a semicolon parts it, and Java splits the address of a file in a jar at "!/"
set "fit=%home:;=%"
set "fit=%fit:!\=%"
if not "%fit%"=="%home%" (
    echo berth: cannot run from "%home%">&2
    echo   why:  Java takes a semicolon, and an exclamation mark at the end of a folder, for the end of the path>&2
    echo   next: move it to a folder without>&2
    exit /b 4
)
if not exist "%home%runtime\bin\java.exe" (
    echo berth: there is no "%home%runtime\bin\java.exe">&2
    echo   why:  berth.cmd was copied alone, or started from within the zip>&2
    echo   next: unpack the whole zip, and keep its files together>&2
    exit /b 4
)

rem made on Windows the program is in the runtime, with its flags; made elsewhere it is a jar
set "flags="
set "program=-m dev.berth/dev.berth.cli.Main"
if exist "%home%lib\berth.jar" set flags="@%home%lib\jvm.options"
if exist "%home%lib\berth.jar" set program=-cp "%home%lib\berth.jar" dev.berth.cli.Main

rem the fewer classes an archive has, the quicker is a start
set "scope=all"
if "%~1"=="who" if not "%~2"=="" if "%~3"=="" set "scope=who"
if "%~1"=="" set "scope=look"
if "%~1"=="list" set "scope=look"
if "%~1"=="doctor" set "scope=look"
set "archive=%home%runtime\start\%scope%.jsa"
if exist "%archive%" set flags=%flags% "-XX:SharedArchiveFile=%archive%"
if defined BERTH_DEBUG set flags=%flags% -Xlog:cds=warning:stderr

rem meant for the servers of this host: agents, heaps, ports
set "JAVA_TOOL_OPTIONS="
set "JDK_JAVA_OPTIONS="
set "_JAVA_OPTIONS="
rem the last line, so that its exit code is that of the script however that was called
"%home%runtime\bin\java.exe" %flags% %BERTH_JAVA_OPTIONS% %program% %*
