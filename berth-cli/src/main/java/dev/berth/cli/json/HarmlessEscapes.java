package dev.berth.cli.json;

import dev.berth.cli.screen.Escaped;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.CharacterEscapes;
import tools.jackson.core.io.SerializedString;

/**
 * Writes other people's letters that could steer a terminal as escapes: JSON asks for it only below U+0020. What reads the
 * document gets the same text.
 */
final class HarmlessEscapes extends CharacterEscapes {
    private static final long serialVersionUID = 1;

    @Override
    public int[] getEscapeCodesForAscii() {
        int[] codes = standardAsciiEscapesForJSON();
        codes[0x7f] = ESCAPE_STANDARD;
        return codes;
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int letter) {
        String text = Character.toString(letter);
        String escaped = Escaped.text(text);
        return letter > Character.MAX_VALUE || escaped.equals(text) ? null : new SerializedString(escaped);
    }
}
