/**
 * Local ports for OkHttp. Needs {@code com.squareup.okhttp3:okhttp-jvm} 5.
 *
 * <p>May use {@code dev.berth.client} and OkHttp.
 */
@NullMarked
package dev.berth.client.okhttp;

import org.jspecify.annotations.NullMarked;
