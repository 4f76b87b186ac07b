@echo off
rem Starts Berth. Builds it first when the sources changed; docs\decisions\0001-launcher-and-aot-cache.md says how and why.
rem cmd cannot compare times finely, so it compares a listing of the sources (minute, size, name) with the last build's.
rem Where there are no sources, as in a copy of berth.cmd, launcher and .berth, a Java runtime is enough.
rem
rem BERTH_DEBUG=1 says why a cache was refused; BERTH_JAVA_OPTIONS adds JVM flags.

setlocal EnableExtensions DisableDelayedExpansion
set "home=%~dp0"
set "home=%home:~0,-1%"
call :find_jdk java
if not defined jdk exit /b 4
set "scope="
if "%~1"=="who" if not "%~2"=="" if "%~3"=="" set "scope=-who"
if "%~1"=="" set "scope=-look"
if "%~1"=="list" set "scope=-look"
if "%~1"=="doctor" set "scope=-look"
call :name_files
set "failed=0"
if exist "%home%\pom.xml" call :build_if_due
if not "%failed%"=="0" exit /b %failed%
goto :run

:find_jdk
rem from its folder: what call is given is read twice, and a folder may have a %% in its name
pushd "%home%\launcher"
call .\find-jdk.cmd %1
popd
exit /b

:name_files
set "hash=none"
if exist "%home%\.berth\current" for /f "usebackq" %%h in ("%home%\.berth\current") do set "hash=%%h"
set "jar=%home%\.berth\berth-%hash%.jar"
set "cache=%home%\.berth\berth-%hash%-%jdk_build%%scope%.aot"
exit /b

:build_if_due
set "listing=%TEMP%\berth-%RANDOM%%RANDOM%.txt"
call :list_sources >"%listing%"
set "due="
if not exist "%jar%" set "due=yes"
if not exist "%cache%" if exist "%jdk%\bin\javac.exe" set "due=yes"
fc /b "%listing%" "%home%\.berth\sources.txt" >nul 2>nul
if not "%ERRORLEVEL%"=="0" set "due=changed"
if "%due%"=="changed" del "%home%\.berth\current" 2>nul
if defined due call :build
del "%listing%" 2>nul
exit /b

:build
call :find_jdk javac
if not defined jdk set "failed=4"
if not defined jdk exit /b
"%jdk%\bin\java.exe" "%home%\launcher\Build.java" "%home%" "%jdk_build%" <nul 1>&2
set "failed=%ERRORLEVEL%"
if not "%failed%"=="0" exit /b
move /y "%listing%" "%home%\.berth\sources.txt" >nul
goto :name_files

:list_sources
pushd "%home%"
for %%f in (pom.xml launcher\*) do echo %%~tzf %%f
for /d %%m in (berth-*) do call :list_module %%m
popd
exit /b

:list_module
for %%f in (%1\pom.xml) do echo %%~tzf %%f
if exist %1\src\main for /r %1\src\main %%f in (*) do echo %%~tzf %%f
exit /b

:run
set "aot="
if exist "%cache%" for %%c in ("%cache%") do if %%~zc GTR 0 set aot="-XX:AOTCache=%cache%"
set "debug="
if defined BERTH_DEBUG set "debug=-Xlog:aot=warning:stderr"
rem meant for the servers of this host: agents, heaps, ports
set "JAVA_TOOL_OPTIONS="
set "JDK_JAVA_OPTIONS="
set "_JAVA_OPTIONS="
rem the last line, so that its exit code is that of the script however that was called
"%jdk%\bin\java.exe" "@%home%\launcher\jvm.options" %aot% %debug% %BERTH_JAVA_OPTIONS% -cp "%jar%" dev.berth.cli.Main %*
