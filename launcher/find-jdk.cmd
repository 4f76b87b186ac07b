@echo off
rem Finds a Java of release 25 or newer: sets jdk (its home) and jdk_build (which build of it, fit for a file name).
rem Says so and leaves jdk undefined when there is none. Starts no process.
rem Called with what is needed: javac, or java where a runtime will do when there is no JDK.
rem
rem Order: JAVA_HOME, the first java on PATH, the usual install folders. The caller has switched delayed expansion off.

set "jdk="
call :find javac
if not defined jdk if "%~1"=="java" call :find java
if defined jdk exit /b
echo berth: no JDK 25 or newer found>&2
echo   why:  looked at JAVA_HOME, PATH and the usual install folders>&2
echo   next: winget install EclipseAdoptium.Temurin.25.JDK>&2
echo         or set JAVA_HOME to one; other ways: https://adoptium.net/temurin/releases/?version=25 >&2
exit /b

:find
set "given="
if defined JAVA_HOME set "given=%JAVA_HOME:"=%"
if defined given call :accept "%given%" %1
if not defined jdk for %%j in (java.exe) do if not "%%~$PATH:j"=="" call :accept "%%~dp$PATH:j.." %1
if not defined jdk for %%v in ("Eclipse Adoptium" Java Microsoft Zulu "Amazon Corretto" BellSoft Semeru) do (
    for /d %%d in ("%ProgramFiles%\%%~v\*") do call :accept "%%~d" %1
)
if not defined jdk for /d %%d in ("%USERPROFILE%\.jdks\*") do call :accept "%%~d" %1
exit /b

:accept
if defined jdk exit /b
if not exist "%~1\bin\%2.exe" exit /b
if not exist "%~1\release" exit /b
set "release=0"
set "runtime="
set "vendor="
for /f "usebackq tokens=1,2 delims==" %%k in ("%~1\release") do (
    if "%%k"=="IMPLEMENTOR_VERSION" set "vendor=%%l-"
    if "%%k"=="JAVA_RUNTIME_VERSION" set "runtime=%%l"
    if "%%k"=="JAVA_VERSION" set "release=%%l"
)
set "release=%release:"=%"
for /f "delims=.-+" %%r in ("%release%") do set "release=%%r"
if %release% LSS 25 exit /b
if not defined runtime set "runtime=%release%"
set "jdk=%~1"
set "jdk_build=%vendor%%runtime%"
set "jdk_build=%jdk_build:"=%"
exit /b
