/**
 * Local ports for MySQL Connector/J: {@link dev.berth.client.mysql.MySqlSocketFactory}.
 *
 * <p>May use {@code dev.berth.client}, {@code dev.berth.client.jdbc} and {@code com.mysql.cj}; nobody names this package, it
 * is named in a URL.
 */
@NullMarked
package dev.berth.client.mysql;

import org.jspecify.annotations.NullMarked;
