package dev.berth.client;

import java.net.BindException;

/**
 * No address of this host can be the local end of the connection: the source address is not (or no longer) one of its
 * own, or it has none of that family. Another port would not help, so none was tried.
 */
public final class NoLocalAddressException extends BindException {
    private static final long serialVersionUID = 1;

    NoLocalAddressException(String message) {
        super(message);
    }
}
