package dev.berth.linux.kernel;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A thread that lives in another network namespace, because setns(2) moves one thread and not the process. */
final class NamespaceThread implements AutoCloseable {
    private static final int CLONE_NEWNET = 0x4000_0000;

    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            body -> Thread.ofPlatform().daemon().name("berth-netns").unstarted(body));

    /**
     * @param path of a file that is the namespace, such as {@code /proc/1/ns/net}
     * @throws NativeCallException ENOENT when there is none, EACCES or EPERM when it may not be entered, EINVAL when it is
     *     something else
     */
    NamespaceThread(LibC libc, String path) throws NativeCallException {
        boolean entered = false;
        try {
            call(() -> {
                int file = libc.openat(LibC.AT_FDCWD, NativeBuffer.ofText(path), LibC.O_RDONLY | LibC.O_CLOEXEC);
                try {
                    libc.setns(file, CLONE_NEWNET);
                } finally {
                    libc.close(file);
                }
                return file;
            });
            entered = true;
        } catch (NativeCallException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            if (!entered) {
                close();
            }
        }
    }

    /** Makes a call there, and waits for it. */
    <T> T call(Callable<T> body) throws Exception {
        Future<T> answer = thread.submit(body);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return answer.get();
                } catch (InterruptedException e) {
                    interrupted = true; // the calls are short: finish, then tell
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
