/* What Windows has since version 8 and wine only since version 9: random bytes. Lies beside the program in a trial under an
   older wine, and in no release. */

#include <windows.h>
#include <ntsecapi.h>

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE into, SIZE_T length) {
    return RtlGenRandom(into, (ULONG)length);
}
