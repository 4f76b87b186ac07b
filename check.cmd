@echo off
rem Builds Berth and runs its tests, with the JDK that berth.cmd would use. Arguments go to Maven: check -Plong

setlocal EnableExtensions DisableDelayedExpansion
cd /d "%~dp0"
call launcher\find-jdk.cmd javac
if not defined jdk exit /b 4
set "mvn="
for %%m in (mvn.cmd) do set "mvn=%%~$PATH:m"
if not defined mvn (
    echo berth: mvn is not on PATH>&2
    echo   why:  Berth is built and tested with Maven 3.8 or newer>&2
    echo   next: get it from https://maven.apache.org/download.cgi>&2
    exit /b 4
)
set "JAVA_HOME=%jdk%"
rem for Maven's own Guava
set "MAVEN_OPTS=%MAVEN_OPTS% --sun-misc-unsafe-memory-access=allow"
"%mvn%" -B -ntp verify %*
