@echo off
rem Starts Berth on Windows; see berth and docs\decisions\0001-launcher-and-aot-cache.md.
rem cmd cannot compare times finely, so it compares a listing of the sources (time, size, name) with the last build's.
setlocal EnableExtensions DisableDelayedExpansion
set "home=%~dp0"
set "home=%home:~0,-1%"
set "jdk="

call :accept "%JAVA_HOME%"
if not defined jdk for %%j in (java.exe) do if not "%%~$PATH:j"=="" for %%b in ("%%~dp$PATH:j..") do call :accept "%%~fb"
if not defined jdk for %%v in ("Eclipse Adoptium" Java Microsoft Zulu "Amazon Corretto" BellSoft) do (
    for /d %%d in ("%ProgramFiles%\%%~v\*") do call :accept "%%~d"
)
if not defined jdk for /d %%d in ("%USERPROFILE%\.jdks\*") do call :accept "%%~d"
if not defined jdk (
    echo berth: no JDK 25 or newer found>&2
    echo   why:  looked at JAVA_HOME, PATH and the usual install folders>&2
    echo   next: winget install EclipseAdoptium.Temurin.25.JDK>&2
    exit /b 4
)

if not exist "%home%\.berth" mkdir "%home%\.berth"
set "listing=%home%\.berth\sources-%RANDOM%%RANDOM%.txt"
call :list_sources >"%listing%"
call :name_files
set "due="
if not exist "%jar%" set "due=yes"
if not exist "%cache%" set "due=yes"
fc /b "%listing%" "%home%\.berth\sources.txt" >nul 2>nul || set "due=changed"
if "%due%"=="changed" del "%home%\.berth\current" 2>nul
if not defined due (
    del "%listing%"
    goto :run
)
"%jdk%\bin\java" "%home%\launcher\Build.java" "%home%" "%jdk_build%" <nul 1>&2
set "failed=%ERRORLEVEL%"
if not "%failed%"=="0" (
    del "%listing%"
    exit /b %failed%
)
move /y "%listing%" "%home%\.berth\sources.txt" >nul
call :name_files

:run
set "JAVA_TOOL_OPTIONS="
set "JDK_JAVA_OPTIONS="
set "_JAVA_OPTIONS="
"%jdk%\bin\java" "@%home%\launcher\jvm.options" "-XX:AOTCache=%cache%" %BERTH_JAVA_OPTIONS% -cp "%jar%" dev.berth.cli.Main %*
exit /b %ERRORLEVEL%

:accept
if defined jdk exit /b
if not exist "%~1\bin\javac.exe" exit /b
if not exist "%~1\release" exit /b
set "release=0"
set "jdk_build="
for /f "usebackq tokens=1,2 delims==" %%k in ("%~1\release") do (
    if "%%k"=="JAVA_RUNTIME_VERSION" set "jdk_build=%%~l"
    if "%%k"=="JAVA_VERSION" for /f "delims=.-+" %%r in ("%%~l") do set "release=%%r"
)
if %release% LSS 25 exit /b
if not defined jdk_build set "jdk_build=%release%"
set "jdk=%~1"
exit /b

:name_files
set "hash=none"
if exist "%home%\.berth\current" set /p hash=<"%home%\.berth\current"
set "jar=%home%\.berth\berth-%hash%.jar"
set "cache=%home%\.berth\berth-%hash%-%jdk_build%.aot"
exit /b

:list_sources
for %%f in ("%home%\pom.xml" "%home%\launcher\*") do echo %%~tzf %%~f
for /d %%m in ("%home%\berth-*") do (
    for %%f in ("%%m\pom.xml") do echo %%~tzf %%~f
    for /r "%%m\src\main" %%f in (*) do echo %%~tzf %%~f
)
exit /b
