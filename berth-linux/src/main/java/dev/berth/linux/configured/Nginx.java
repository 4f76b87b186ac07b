package dev.berth.linux.configured;

import dev.berth.net.PortRange;
import dev.berth.net.Protocol;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** nginx: the {@code listen} directives of its servers, of web, mail and streams; a web server without one is at port 80. */
final class Nginx implements Product {
    private static final List<String> ROOTS = List.of(
            "/etc/nginx/nginx.conf", "/usr/local/nginx/conf/nginx.conf", "/usr/local/openresty/nginx/conf/nginx.conf");
    private static final int DEEPEST = 16;
    private static final PortRange DEFAULT_PORT = PortRange.of(80);

    @Override
    public void find(ConfigurationFiles files, UnitFiles units, Found found) {
        UnitState unit = units.find(List.of("nginx.service", "openresty.service"));
        for (String root : ROOTS) {
            new Reading(files, found, unit, Inclusion.parent(root)).read(root);
        }
    }

    private static final class Block {
        private final String name;
        private final String source;
        private boolean listens;

        Block(String name, String source) {
            this.name = name;
            this.source = source;
        }
    }

    private static final class Reading {
        private final ConfigurationFiles files;
        private final Found found;
        private final @Nullable UnitState unit;
        private final String base;
        private final Deque<Block> blocks = new ArrayDeque<>();
        private final Set<String> open = new HashSet<>();

        Reading(ConfigurationFiles files, Found found, @Nullable UnitState unit, String base) {
            this.files = files;
            this.found = found;
            this.unit = unit;
            this.base = base;
        }

        void read(String file) {
            String text = open.size() < DEEPEST && open.add(file) ? files.text(file) : null;
            if (text == null) {
                return;
            }
            int outside = blocks.size();
            for (NginxDirective directive : NginxDirective.all(text)) {
                String source = file + ":" + directive.line();
                switch (directive.end()) {
                    case OPENS -> blocks.push(new Block(directive.name(), source));
                    case CLOSES -> closeDownTo(Math.max(outside, blocks.size() - 1));
                    case PLAIN -> plain(directive, source);
                }
            }
            closeDownTo(outside);
            open.remove(file);
        }

        private void closeDownTo(int depth) {
            while (blocks.size() > depth) {
                Block block = blocks.pop();
                if (block.name.equals("server") && !block.listens && isWithin("http")) {
                    var everywhere = new ListenPoint(DEFAULT_PORT, null);
                    found.add("nginx", Protocol.TCP, List.of(everywhere), unit, block.source + " (its default)");
                }
            }
        }

        private boolean isWithin(String name) {
            return blocks.stream().anyMatch(block -> block.name.equals(name));
        }

        private void plain(NginxDirective directive, String source) {
            List<String> words = directive.words();
            if (words.size() < 2) {
                return;
            }
            Block block = blocks.peek();
            if (directive.name().equals("include")) {
                String place = words.get(1);
                files.matching(place.startsWith("/") ? place : base + "/" + place)
                        .forEach(this::read);
            } else if (directive.name().equals("listen") && block != null && block.name.equals("server")) {
                block.listens = true;
                boolean datagrams = words.contains("udp") || words.contains("quic");
                found.add("nginx", datagrams ? Protocol.UDP : Protocol.TCP, points(words.get(1)), unit, source);
            }
        }

        private static List<ListenPoint> points(String place) {
            if (place.startsWith("unix:")) {
                return List.of();
            }
            List<ListenPoint> points = ListenPoint.parse(place);
            boolean portless = place.endsWith("]") || place.indexOf(':') < 0;
            return points.isEmpty() && portless && !place.matches("\\d+")
                    ? List.of(new ListenPoint(DEFAULT_PORT, ListenPoint.address(place)))
                    : points;
        }
    }
}
