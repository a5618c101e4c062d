@echo off
rem Makes the site in the folder dist, to be copied to a server.
pushd "%~dp0"
ziping.exe build
pause
