package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.platform.ExcludedRange;
import dev.berth.platform.FakeHostNetwork;
import dev.berth.platform.FakeHostProvider;
import dev.berth.platform.NetworkNamespace;
import dev.berth.platform.PortPolicy;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** {@code berth map --svg} and {@code --png}: both show the same, and other programs can read them. */
class MapPictureTest {
    private static final int SQUARE = 4;
    private static final int GRID_X = 96;
    private static final int GRID_Y = 113;
    private static final int LISTENING = 0xD55E00;
    private static final int DYNAMIC = 0xF5EDB5;
    private static final int FREE = 0xE9E9E9;
    private static final int PAGE = 0xFFFFFF;

    private static final FakeHostNetwork HOST = FakeHostNetwork.with(
                    "0.0.0.0:1 LISTEN",
                    "0.0.0.0:255 LISTEN",
                    "0.0.0.0:256 LISTEN",
                    "0.0.0.0:65535 LISTEN",
                    "10.0.0.1:20000 BOUND",
                    "10.0.0.1:40000 -> 10.0.0.9:443 ESTABLISHED",
                    "10.0.0.1:40001 -> 10.0.0.9:443 TIME_WAIT")
            .policy(new PortPolicy(
                    new PortRange(32_768, 60_999),
                    PortSet.parse("45000"),
                    List.of(),
                    List.of(new ExcludedRange(new PortRange(50_000, 50_099), false)),
                    1024,
                    PortPolicy.Persistent.NOTHING));

    private static final Map<Integer, Integer> COLOURS = Map.of(
            1, LISTENING, 255, LISTENING, 256, LISTENING, 65_535, LISTENING, 20_000, 0xCC79A7, 40_000, 0x0072B2, 40_001,
            0x56B4E9, 45_000, 0x009E73, 50_050, 0x6B6B6B, 60_999, DYNAMIC);

    @TempDir
    private Path folder = Path.of("");

    private Path drawn(FakeHostNetwork host, String option, String... more) {
        Path file = folder.resolve("map." + option);
        var words = new ArrayList<>(List.of("map", "--" + option, file.toString()));
        words.addAll(List.of(more));
        Ran ran = Ran.on(host, words.toArray(String[]::new));
        assertThat(ran).isEqualTo(new Ran(0, "wrote the map into " + file + "\n", ""));
        return file;
    }

    private static Element parsed(Path svg) throws Exception {
        var factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(svg.toFile()).getDocumentElement();
    }

    /** How many ports each kind covers; a legend's box is no square of the grid. */
    private static Map<String, Integer> areas(Element svg) {
        var areas = new HashMap<String, Integer>();
        NodeList boxes = svg.getElementsByTagName("rect");
        for (int i = 0; i < boxes.getLength(); i++) {
            var box = (Element) boxes.item(i);
            if (box.getAttribute("height").equals(String.valueOf(SQUARE))) {
                String kind = ((Element) box.getParentNode()).getAttribute("class");
                areas.merge(kind, Integer.parseInt(box.getAttribute("width")) / SQUARE, Integer::sum);
            }
        }
        return areas;
    }

    private static List<String> texts(Element svg) {
        NodeList texts = svg.getElementsByTagName("text");
        var all = new ArrayList<String>();
        for (int i = 0; i < texts.getLength(); i++) {
            all.add(texts.item(i).getTextContent());
        }
        return all;
    }

    private static int colourOf(BufferedImage image, int port) {
        int x = GRID_X + port % 256 * SQUARE;
        int y = GRID_Y + port / 256 * SQUARE;
        int colour = image.getRGB(x, y) & 0xFFFFFF;
        for (int i = 0; i < SQUARE * SQUARE; i++) {
            assertThat(image.getRGB(x + i % SQUARE, y + i / SQUARE) & 0xFFFFFF).isEqualTo(colour);
        }
        return colour;
    }

    @Test
    void the_boxes_of_the_svg_cover_every_port_once() throws Exception {
        Path file = drawn(HOST, "svg");
        Element svg = parsed(file);

        assertThat(areas(svg))
                .containsOnly(
                        Map.entry("listening", 4),
                        Map.entry("boundOnly", 1),
                        Map.entry("inUse", 1),
                        Map.entry("timeWait", 1),
                        Map.entry("reserved", 1),
                        Map.entry("excluded", 100),
                        Map.entry("dynamic", 60_999 - 32_768 + 1 - 2 - 1 - 100),
                        Map.entry("free", 65_535 - 28_232 - 5));
        assertThat(Files.size(file)).as("bytes").isLessThan(25_000);
    }

    @Test
    void the_documented_example_is_such_a_picture() throws Exception {
        Path example = Path.of("../docs/map.svg");

        assertThat(areas(parsed(example)).values().stream()
                        .mapToInt(Integer::intValue)
                        .sum())
                .isEqualTo(65_535);
        assertThat(Files.size(example)).as("bytes").isLessThan(60_000);
    }

    @Test
    void the_svg_names_what_it_shows_and_counts_it() throws Exception {
        Element svg = parsed(drawn(HOST, "svg"));

        assertThat(svg.getElementsByTagName("title").item(0).getTextContent()).isEqualTo("tcp ports of host");
        assertThat(texts(svg))
                .startsWith("tcp ports of host", "2026-11-20 03:12:00 UTC, network namespace net:[4026531840]")
                .contains("+0", "+192", "0", "4096", "61440", "free, dynamic range", "28,129");
    }

    @Test
    void names_of_others_are_text_and_no_markup() throws Exception {
        var host = FakeHostNetwork.with().namespace(new NetworkNamespace(7, "a<b>&\"'\u001b\u202e é\ud83d\ude00"));
        Path file = drawn(host, "svg");

        assertThat(Files.readString(file)).contains("a&lt;b&gt;&amp;\"'\\u001b\\u202e é");
        assertThat(texts(parsed(file)))
                .contains("2026-11-20 03:12:00 UTC, network namespace a<b>&\"'\\u001b\\u202e é\ud83d\ude00");
        drawn(host, "png");
    }

    @Test
    void every_port_has_its_colour_in_the_png() throws Exception {
        BufferedImage image = ImageIO.read(drawn(HOST, "png").toFile());

        COLOURS.forEach((port, colour) ->
                assertThat(colourOf(image, port)).as("port " + port).isEqualTo(colour));
        assertThat(colourOf(image, 0)).as("no port").isEqualTo(PAGE);
        assertThat(colourOf(image, 2)).isEqualTo(FREE);
        assertThat(colourOf(image, 32_768)).isEqualTo(DYNAMIC);
        assertThat(colourOf(image, 61_000)).isEqualTo(FREE);
        assertThat(image.getColorModel()).isInstanceOf(IndexColorModel.class);
    }

    @Test
    void both_pictures_are_as_large_and_coloured_alike() throws Exception {
        Element svg = parsed(drawn(HOST, "svg"));
        BufferedImage image = ImageIO.read(drawn(HOST, "png").toFile());

        assertThat(svg.getAttribute("viewBox")).isEqualTo("0 0 " + image.getWidth() + " " + image.getHeight());
        NodeList boxes = svg.getElementsByTagName("rect");
        for (int i = 1; i < boxes.getLength(); i++) { // the first is the page
            var box = (Element) boxes.item(i);
            String fill = ((Element) box.getParentNode()).getAttribute("fill");
            int x = Integer.parseInt(box.getAttribute("x")) + Integer.parseInt(box.getAttribute("width")) - 1;
            int y = Integer.parseInt(box.getAttribute("y")) + Integer.parseInt(box.getAttribute("height")) - 1;
            assertThat(String.format("#%06x", image.getRGB(x, y) & 0xFFFFFF)).isEqualTo(fill);
        }
    }

    @Test
    void letters_are_drawn_in_the_png() throws Exception {
        BufferedImage image = ImageIO.read(drawn(HOST, "png").toFile());
        var letter = new StringBuilder(); // the t of "tcp", three pixels to a point
        for (int row = 0; row < 7; row++) {
            for (int column = 0; column < 5; column++) {
                letter.append(image.getRGB(24 + 3 * column, 24 + 3 * row) == 0xFFFFFFFF ? '.' : '#');
            }
            letter.append('\n');
        }
        assertThat(letter).hasToString("""
                .#...
                .#...
                ###..
                .#...
                .#...
                .#..#
                ..##.
                """);
    }

    @Test
    void a_part_of_the_ports_leaves_the_rest_of_its_rows_blank() throws Exception {
        Element svg = parsed(drawn(HOST, "svg", "--range", "250-300"));
        BufferedImage image =
                ImageIO.read(drawn(HOST, "png", "--range", "250-300").toFile());

        assertThat(areas(svg)).containsOnly(Map.entry("listening", 2), Map.entry("free", 49));
        assertThat(colourOf(image, 249)).isEqualTo(PAGE);
        assertThat(colourOf(image, 255)).isEqualTo(LISTENING);
        assertThat(colourOf(image, 301)).isEqualTo(PAGE);
        assertThat(image.getHeight()).isLessThan(300);
    }

    @Test
    void both_are_written_at_once_for_their_owner_only_and_nothing_else_is_left() throws Exception {
        String svg = folder.resolve("a.svg").toString();
        String png = folder.resolve("a.png").toString();
        Ran ran = Ran.on(HOST, "map", "--png", png, "--svg", svg, "--json");

        assertThat(Schemas.errors("map", ran.out())).as(ran.out() + ran.err()).isEmpty();
        assertThat(ran.out()).contains(("\"files\":[\"" + svg + "\",\"" + png + "\"]").replace("\\", "\\\\"));
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("a.svg", "a.png");
        }
        if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(svg))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void a_file_that_is_there_stays_as_it_is_and_the_other_is_not_written() throws Exception {
        Path mine = Files.writeString(folder.resolve("mine.png"), "mine");
        Path svg = folder.resolve("a.svg");
        Ran ran = Ran.on(HOST, "map", "--svg", svg.toString(), "--png", mine.toString());

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err())
                .startsWith("berth: " + mine + " exists already\n  why   berth replaces no file unasked\n");
        assertThat(Files.readString(mine, StandardCharsets.UTF_8)).isEqualTo("mine");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(mine);
        }
    }

    @Test
    void a_look_that_fails_leaves_no_file_behind() throws Exception {
        Path svg = folder.resolve("a.svg");
        Ran ran = Ran.on(FakeHostProvider.of(HOST), Map.of(), "map", "--svg", svg.toString(), "--netns", "nosuch");

        assertThat(ran.code()).isEqualTo(2);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void a_place_that_is_none_is_named_before_anything_is_looked_at() {
        int looks = HOST.looks();
        Ran ran = Ran.on(HOST, "map", "--png", folder.resolve("no/such/map.png").toString());

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).startsWith("berth: cannot write ").contains("\n  why   there is no such directory\n");
        assertThat(HOST.looks()).isEqualTo(looks);
    }
}
