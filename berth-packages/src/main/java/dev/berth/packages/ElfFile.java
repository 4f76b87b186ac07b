package dev.berth.packages;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a program or library of 64 bits needs of others: their names, and the versions of their symbols. See elf(5).
 *
 * @param libraries such as {@code libc.so.6}
 * @param versions such as {@code GLIBC_2.17}
 */
record ElfFile(SortedSet<String> libraries, SortedSet<String> versions) {
    private static final int MAGIC = 0x7f454c46;
    private static final int SECTIONS = 0x28; // e_shoff, e_shentsize and e_shnum of Elf64_Ehdr
    private static final int SECTION_SIZE = 0x3a;
    private static final int SECTION_COUNT = 0x3c;
    private static final int DYNAMIC = 6; // SHT_DYNAMIC
    private static final int NEEDED_VERSIONS = 0x6ffffffe; // SHT_GNU_verneed
    private static final int NEEDED = 1; // DT_NEEDED

    /** Reads one; empty for a file that is no ELF file. */
    static Optional<ElfFile> read(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(Integer.BYTES);
            if (start.length < Integer.BYTES || ByteBuffer.wrap(start).getInt() != MAGIC) {
                return Optional.empty();
            }
        }
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        var found = new ElfFile(new TreeSet<>(), new TreeSet<>());
        long sections = bytes.getLong(SECTIONS);
        int size = bytes.getShort(SECTION_SIZE);
        for (int i = 0; i < bytes.getShort(SECTION_COUNT); i++) {
            var section = new Section(bytes, (int) sections + i * size);
            var names = new Section(bytes, (int) sections + section.link() * size);
            switch (section.type()) {
                case DYNAMIC -> found.readLibraries(section, names);
                case NEEDED_VERSIONS -> found.readVersions(section, names);
                default -> {}
            }
        }
        return Optional.of(found);
    }

    private void readLibraries(Section dynamic, Section names) {
        for (int at = dynamic.offset(); at < dynamic.offset() + dynamic.size(); at += 2 * Long.BYTES) {
            if (dynamic.file.getLong(at) == NEEDED) {
                libraries.add(names.text((int) dynamic.file.getLong(at + Long.BYTES)));
            }
        }
    }

    /** Elf64_Verneed, each with its Elf64_Vernaux: the last of either has no next. */
    private void readVersions(Section needed, Section names) {
        ByteBuffer file = needed.file;
        int library = needed.offset();
        for (int next = -1; next != 0; library += next) {
            int version = library + file.getInt(library + 8);
            for (int following = -1; following != 0; version += following) {
                versions.add(names.text(file.getInt(version + 8)));
                following = file.getInt(version + 12);
            }
            next = file.getInt(library + 12);
        }
    }

    /** One Elf64_Shdr. */
    private record Section(ByteBuffer file, int at) {
        int type() {
            return file.getInt(at + 0x04);
        }

        int offset() {
            return (int) file.getLong(at + 0x18);
        }

        int size() {
            return (int) file.getLong(at + 0x20);
        }

        int link() {
            return file.getInt(at + 0x28);
        }

        String text(int from) {
            int end = offset() + from;
            while (file.get(end) != 0) {
                end++;
            }
            byte[] text = new byte[end - offset() - from];
            file.get(offset() + from, text);
            return new String(text, StandardCharsets.US_ASCII);
        }
    }
}
