package dev.berth.windows.system;

import java.time.Duration;

/** Has a service start or stop, and waits until it has: winsvc.h. */
final class ServiceWait {
    static final int SERVICE_STOPPED = 1;
    static final int SERVICE_STOP_PENDING = 3;
    static final int SERVICE_RUNNING = 4;
    static final int ERROR_TIMEOUT = 1460;

    private static final long SHORTEST_GLANCE_MILLIS = 50;
    private static final long LONGEST_GLANCE_MILLIS = 1_000;

    private final Service service;
    private final long deadline;

    ServiceWait(Service service, Duration most) {
        this.service = service;
        this.deadline = System.nanoTime() + most.toNanos();
    }

    /** What the service manager takes and tells. */
    interface Service {
        /**
         * What runs already is no failure.
         *
         * @return not so while the manager starts others, as it does for a while after Windows has started
         */
        boolean start() throws WindowsErrorException;

        /** What does not run is no failure. */
        void stop() throws WindowsErrorException;

        Status status() throws WindowsErrorException;

        /** @param waitHintMillis how long the service itself says it needs */
        record Status(int state, int exitCode, long waitHintMillis) {}
    }

    /** One that is about to stop is started when it has: until then the manager takes it for one that runs. */
    void start() throws WindowsErrorException {
        for (var now = service.status(); now.state() == SERVICE_STOP_PENDING; now = service.status()) {
            pause(now.waitHintMillis() / 10, "StartServiceW");
        }
        while (!service.start()) {
            pause(SHORTEST_GLANCE_MILLIS, "StartServiceW");
        }
        await(SERVICE_RUNNING, "StartServiceW");
    }

    void stop() throws WindowsErrorException {
        int state = service.status().state();
        if (state != SERVICE_STOPPED && state != SERVICE_STOP_PENDING) {
            service.stop();
        }
        await(SERVICE_STOPPED, "ControlService");
    }

    /** Looks again after a tenth of the time that the service itself says it needs, as Microsoft's samples do. */
    private void await(int state, String call) throws WindowsErrorException {
        for (var now = service.status(); now.state() != state; now = service.status()) {
            if (state == SERVICE_RUNNING && now.state() == SERVICE_STOPPED) {
                throw new WindowsErrorException(call, now.exitCode() == 0 ? ERROR_TIMEOUT : now.exitCode());
            }
            pause(now.waitHintMillis() / 10, call);
        }
    }

    private void pause(long millis, String call) throws WindowsErrorException {
        try {
            Thread.sleep(Math.clamp(millis, SHORTEST_GLANCE_MILLIS, LONGEST_GLANCE_MILLIS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WindowsErrorException(call, ERROR_TIMEOUT);
        }
        if (System.nanoTime() - deadline > 0) {
            throw new WindowsErrorException(call, ERROR_TIMEOUT);
        }
    }
}
