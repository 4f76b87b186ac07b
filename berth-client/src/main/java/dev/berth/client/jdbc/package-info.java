/**
 * Local ports for JDBC drivers, told by their connection URL: {@link dev.berth.client.jdbc.DriverPorts} reads the text that
 * all of them have in common, {@link dev.berth.client.jdbc.PostgresSocketFactory} is for PostgreSQL's driver. MySQL's and
 * MariaDB's are in packages of their own, since they need the driver to compile.
 *
 * <p>May use {@code dev.berth.client} and {@code dev.berth.net}, and no driver.
 */
@NullMarked
package dev.berth.client.jdbc;

import org.jspecify.annotations.NullMarked;
