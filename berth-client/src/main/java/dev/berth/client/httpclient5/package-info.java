/**
 * Local ports for Apache HttpClient 5, {@linkplain dev.berth.client.httpclient5.ClassicLocalPorts classic} and {@linkplain
 * dev.berth.client.httpclient5.AsyncLocalPorts asynchronous}. Needs {@code org.apache.httpcomponents.client5:httpclient5}
 * 5.6.
 *
 * <p>May use {@code dev.berth.client} and Apache HttpClient.
 */
@NullMarked
package dev.berth.client.httpclient5;

import org.jspecify.annotations.NullMarked;
