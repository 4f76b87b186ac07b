/*
 * syscall(2) for dev.berth.linux.kernel.NativeSystemCalls, in an image that brings this library: to link it from Java at
 * each start costs more than half of what such a start takes.
 */
#include <errno.h>
#include <unistd.h>

#include <jni.h>

/* What the kernel gave back: a negated errno where the call failed. */
JNIEXPORT jlong JNICALL Java_dev_berth_linux_kernel_NativeSystemCalls_syscall(
        JNIEnv *env, jclass type, jlong number, jlong a, jlong b, jlong c, jlong d, jlong e, jlong f) {
    (void) env;
    (void) type;
    long result = syscall(number, a, b, c, d, e, f);
    return result < 0 ? -errno : result;
}
