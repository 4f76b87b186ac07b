package dev.berth.cli.command;

/** The number of a change, as it is typed. */
final class ChangeNumber {
    private ChangeNumber() {}

    /** The first operand, which was given. */
    static int of(Arguments arguments) throws UsageException {
        String text = arguments.operands().getFirst();
        if (!text.matches("[1-9][0-9]{0,8}")) {
            throw new UsageException(
                    "'" + text + "' is no change", "a change has a number, counted from 1", "berth changes lists them");
        }
        return Integer.parseInt(text);
    }
}
