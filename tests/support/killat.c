/* Preloaded into a process under test: kills it with SIGKILL at the n-th flush to disk or the n-th
   bytes handed to a socket, before or after they happen. KILL_AT="sync:3:before", "send:1:after", … */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <unistd.h>

static atomic_int syncs, sends;

static int wanted(const char *what, int count, const char *moment)
{
    const char *at = getenv("KILL_AT");
    char text[64];
    if (!at) return 0;
    snprintf(text, sizeof text, "%s:%d:%s", what, count, moment);
    return strcmp(at, text) == 0;
}

static void maybeKill(const char *what, int count, const char *moment)
{
    if (wanted(what, count, moment)) kill(getpid(), SIGKILL);
}

#define FLUSH(name)                                                       \
    int name(int descriptor)                                              \
    {                                                                     \
        int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, #name);         \
        const int count = atomic_fetch_add(&syncs, 1) + 1;                \
        maybeKill("sync", count, "before");                               \
        const int result = real(descriptor);                              \
        maybeKill("sync", count, "after");                                \
        return result;                                                    \
    }
FLUSH(fdatasync)
FLUSH(fsync)

ssize_t send(int socket, const void *bytes, size_t length, int flags)
{
    ssize_t (*real)(int, const void *, size_t, int) = (ssize_t(*)(int, const void *, size_t, int))dlsym(RTLD_NEXT, "send");
    /* One byte is curl waking its own threads through a socket pair, not a request. */
    const int count = length > 1 ? atomic_fetch_add(&sends, 1) + 1 : 0;
    maybeKill("send", count, "before");
    const ssize_t result = real(socket, bytes, length, flags);
    maybeKill("send", count, "after");
    return result;
}
