@echo off
rem Says what is wrong with the texts, all at once.
pushd "%~dp0"
ziping.exe check
pause
