@echo off
rem Shows the site on this machine and builds it anew after each save. Ctrl+C ends it.
pushd "%~dp0"
ziping.exe serve --open %*
if errorlevel 1 pause
