package dev.berth.windows.system;

/**
 * A service, as EnumServicesStatusExW tells of it.
 *
 * @param name such as {@code MSSQLSERVER}
 * @param title what people read, such as {@code SQL Server (MSSQLSERVER)}
 * @param pid the process it runs in; 0 where it does not run
 * @param running whether its state is SERVICE_RUNNING
 */
public record ServiceEntry(String name, String title, int pid, boolean running) {}
