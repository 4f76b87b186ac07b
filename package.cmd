@echo off
rem Builds the zip for Windows, into dist or the folder that is named: docs\install.md. On Linux ./package makes all packages.

setlocal EnableExtensions DisableDelayedExpansion
if "%~1"=="-h" goto :help
if "%~1"=="--help" goto :help
if "%~1"=="/?" goto :help
goto :build

:help
echo usage: package.cmd [FOLDER]
echo.
echo Builds the zip of Berth for Windows into FOLDER, dist unless given: a Java with Berth in it, that starts fast.
echo.
echo exit codes
echo   0  done
echo   2  bad usage
echo   4  no JDK 25 or no Maven, or not x86-64
echo   70 the package could not be made
exit /b 0

:build
set "first=%~1"
if "%first:~0,1%"=="-" (
    echo package: "%~1" is not an option>&2
    echo   why:  the one argument is the folder that the package goes to>&2
    echo   next: package.cmd --help>&2
    exit /b 2
)
if not "%~2"=="" (
    echo package: too many folders>&2
    echo   why:  the package goes to one>&2
    echo   next: package.cmd --help>&2
    exit /b 2
)
rem a 32-bit cmd is told of its own architecture, and of that of the system beside it
set "architecture=%PROCESSOR_ARCHITECTURE%"
if defined PROCESSOR_ARCHITEW6432 set "architecture=%PROCESSOR_ARCHITEW6432%"
if /i not "%architecture%"=="AMD64" (
    echo package: no zip is made on %architecture%>&2
    echo   why:  it is for x86-64, and made there>&2
    echo   next: make it on such a system; a checkout runs here by itself: berth.cmd doctor>&2
    exit /b 4
)
set "out=%~dp0dist"
if not "%~1"=="" set "out=%~f1"
cd /d "%~dp0"
call launcher\find-jdk.cmd javac
if not defined jdk exit /b 4
set "mvn="
for %%m in (mvn.cmd) do set "mvn=%%~$PATH:m"
if not defined mvn (
    echo package: mvn is not on PATH>&2
    echo   why:  Berth is built with Maven 3.8 or newer>&2
    echo   next: get it from https://maven.apache.org/download.cgi>&2
    exit /b 4
)
set "JAVA_HOME=%jdk%"
rem for Maven's own Guava
set "MAVEN_OPTS=%MAVEN_OPTS% --sun-misc-unsafe-memory-access=allow"
rem that it is there again tells that the build succeeded
if exist .berth\packages rmdir /s /q .berth\packages
mkdir .berth\packages
echo package: building Berth>&2
call "%mvn%" -B -ntp -Dplain=packages -pl berth-packages -am package <nul >.berth\packages\build.log 2>&1
if not exist .berth\packages\berth-packages\classes\dev\berth\packages\Packages.class (
    echo package: the build failed>&2
    echo   why:  Maven said>&2
    findstr /b /c:"[ERROR] " .berth\packages\build.log 1>&2
    echo   next: read .berth\packages\build.log; a first build needs the network for its dependencies>&2
    exit /b 70
)
rem the dot, for a backslash at the end of the folder would escape the quote
rem the last line, so that its exit code is that of the script however that was called
"%jdk%\bin\java.exe" -cp ".berth\packages\berth-packages\classes;.berth\packages\berth-packages\libraries\*" dev.berth.packages.Packages . .berth\packages\berth-cli\berth.jar "%out%\." .berth\packages\work
