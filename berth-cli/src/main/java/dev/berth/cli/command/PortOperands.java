package dev.berth.cli.command;

import dev.berth.net.PortSet;

/** Ports and ranges of ports as operands: {@code 1433 8080-8090 80,443}. */
final class PortOperands {
    private PortOperands() {}

    static PortSet of(Arguments arguments) throws UsageException {
        PortSet ports = PortSet.EMPTY;
        for (String word : arguments.operands()) {
            try {
                ports = ports.plus(PortSet.parse(word));
            } catch (IllegalArgumentException e) {
                throw Arguments.usage(
                        arguments.spec(), "'" + word + "' names no ports", String.valueOf(e.getMessage()));
            }
        }
        if (ports.isEmpty()) {
            throw Arguments.usage(arguments.spec(), "no port was named", "the words are empty");
        }
        return ports;
    }
}
