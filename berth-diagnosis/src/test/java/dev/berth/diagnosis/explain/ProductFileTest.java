package dev.berth.diagnosis.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProductFileTest {
    private static final Path PRODUCTS = Path.of("src/main/resources/dev/berth/diagnosis/explain/products");
    private static final ErrorTexts TEXTS = ErrorTexts.shipped();
    private static final Recogniser RECOGNISER = Recogniser.ofAllProducts();

    static List<Sentence> shipped() {
        return ProductFile.shipped(TEXTS);
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void every_sentence_is_found_in_its_example_by_all_products_together_and_reads_as_it_says(Sentence sentence) {
        Clue clue = Objects.requireNonNull(RECOGNISER.recognise(sentence.example()), sentence.example());
        assertThat(clue).hasToString(sentence.reads());
        assertThat(clue.pattern()).startsWith(sentence.product().name() + ": ");
    }

    @Test
    void the_index_lists_every_file() throws IOException {
        try (Stream<Path> files = Files.list(PRODUCTS)) {
            List<String> names = files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("index"))
                    .sorted()
                    .toList();
            assertThat(Files.readAllLines(PRODUCTS.resolve("index"))).isEqualTo(names);
        }
    }

    @Test
    void what_a_product_is_built_on_is_a_product_too() {
        List<String> names =
                shipped().stream().map(sentence -> sentence.product().name()).toList();
        assertThat(shipped())
                .allSatisfy(sentence ->
                        assertThat(names).containsAll(sentence.product().on()));
    }

    @Test
    void a_wrong_key_is_named_with_its_file() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProductFile.read("x.yaml", "product: x\nport: 80\npatterns: []\n", TEXTS))
                .withMessageContaining("x.yaml: 'port' is not one of");
    }
}
