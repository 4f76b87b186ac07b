/**
 * Local ports for MariaDB Connector/J: {@link dev.berth.client.mariadb.MariaDbSocketFactory}.
 *
 * <p>May use {@code dev.berth.client}, {@code dev.berth.client.jdbc} and {@code org.mariadb.jdbc}; nobody names this package,
 * it is named in a URL.
 */
@NullMarked
package dev.berth.client.mariadb;

import org.jspecify.annotations.NullMarked;
