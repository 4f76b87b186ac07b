package dev.berth.diagnosis.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.net.Cases;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LiteralsTest {
    private static final List<String> ERRORS =
            List.of("EADDRINUSE", "Address already in use", "Cannot assign requested address", "Adresse déjà utilisée");

    /** Literals, a text that has bits of them in it, and the part of it to look at. */
    private record Search(List<String> literals, String text, int from, int to) {
        static Search random(Random random) {
            int shortest = 1 + random.nextInt(9);
            String letters = random.nextBoolean() ? "abAB" : "aAbcdefghé 1";
            List<String> literals = new ArrayList<>();
            for (int i = random.nextInt(6); i >= 0; i--) {
                literals.add(word(random, letters, shortest + random.nextInt(12)));
            }
            var text = new StringBuilder(word(random, letters, random.nextInt(60)));
            for (int i = random.nextInt(4); i > 0; i--) {
                String literal = literals.get(random.nextInt(literals.size()));
                text.insert(
                        random.nextInt(text.length() + 1), literal.substring(0, 1 + random.nextInt(literal.length())));
            }
            int length = text.toString().getBytes(StandardCharsets.UTF_8).length;
            int from = random.nextInt(length + 1);
            return random.nextBoolean()
                    ? new Search(literals, text.toString(), 0, length)
                    : new Search(literals, text.toString(), from, from + random.nextInt(length - from + 1));
        }

        private static String word(Random random, String letters, int length) {
            var word = new StringBuilder();
            for (int i = 0; i < length; i++) {
                word.append(letters.charAt(random.nextInt(letters.length())));
            }
            return word.toString();
        }

        byte[] bytes() {
            return text.getBytes(StandardCharsets.UTF_8);
        }

        /** By trying each literal at each place. */
        int naively() {
            for (int end = from; end <= to; end++) {
                for (String literal : literals) {
                    if (endsWith(literal, end)) {
                        return end;
                    }
                }
            }
            return -1;
        }

        private boolean endsWith(String literal, int end) {
            byte[] wanted = literal.getBytes(StandardCharsets.UTF_8);
            byte[] bytes = bytes();
            int start = end - wanted.length;
            if (start < from) {
                return false;
            }
            for (int i = 0; i < wanted.length; i++) {
                if (lower(bytes[start + i]) != lower(wanted[i])) {
                    return false;
                }
            }
            return true;
        }

        private static int lower(byte letter) {
            return letter >= 'A' && letter <= 'Z' ? letter + 32 : letter;
        }
    }

    @Test
    void it_finds_what_trying_everywhere_finds() {
        Cases.of(Search::random)
                .count(20_000)
                .forEach(search -> assertThat(
                                new Literals(search.literals()).find(search.bytes(), search.from(), search.to()))
                        .isEqualTo(search.naively()));
    }

    @Test
    void a_literal_is_found_wherever_it_lies_and_in_either_case() {
        var literals = new Literals(ERRORS);
        for (String literal : List.of("eaddrinuse", "Address Already In Use", "Adresse déjà utilisée")) {
            for (int before = 0; before < 50; before++) {
                byte[] text = ("x".repeat(before) + literal + " ").getBytes(StandardCharsets.UTF_8);
                assertThat(literals.find(text, 0, text.length)).isEqualTo(text.length - 1);
                assertThat(literals.find(text, 0, text.length - 2)).isEqualTo(-1);
                assertThat(literals.find(text, before + 1, text.length)).isEqualTo(-1);
            }
        }
    }

    @Test
    void the_one_that_ends_first_counts() {
        var literals = new Literals(List.of("a long one with the other in it", "long one"));
        byte[] text = "-- a long one with the other in it".getBytes(StandardCharsets.UTF_8);
        assertThat(literals.find(text, 0, text.length)).isEqualTo("-- a long one".length());
    }

    @Test
    void without_literals_nothing_is_found() {
        var literals = new Literals(List.of());
        assertThat(literals.find(new byte[100], 0, 100)).isEqualTo(-1);
        assertThat(literals.longest()).isZero();
    }

    @Test
    void it_tells_which_lie_in_a_text() {
        assertThat(new Literals(ERRORS).in("listen EADDRINUSE: address already in use :::3000"))
                .isEqualTo(BitSet.valueOf(new long[] {0b0011}));
    }

    @Test
    void it_tells_the_longest_in_bytes() {
        assertThat(new Literals(List.of("déjà", "deja")).longest()).isEqualTo(6);
    }
}
