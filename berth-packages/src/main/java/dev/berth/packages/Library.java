package dev.berth.packages;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * A jar that went into the program, as it was before: in the program's jar, files of the same name have taken each other's
 * place.
 *
 * @param licence as it names it: a URL or a name
 * @param notices texts of licences, and notices, by the name of their file
 */
record Library(Path jar, Pom pom, String licence, Map<String, String> notices) {
    private static final Pattern POM = Pattern.compile("META-INF/maven/[^/]+/[^/]+/pom\\.xml");
    private static final Pattern NOTICE =
            Pattern.compile("META-INF/([^/]*(?:LICEN[CS]E|NOTICE)[^/]*)", Pattern.CASE_INSENSITIVE);

    /** All in a folder, by name. */
    static List<Library> in(Path folder, Pom berth) throws IOException, PackagingException {
        if (!Files.isDirectory(folder)) {
            throw new PackagingException(
                    "cannot tell what is in the program",
                    "the jars that went into it are not in " + folder,
                    "build it with Maven's package, which lays them there");
        }
        var libraries = new ArrayList<Library>();
        try (Stream<Path> jars = Files.list(folder)) {
            for (Path jar : jars.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList()) {
                libraries.add(read(jar, berth));
            }
        }
        return libraries;
    }

    private static Library read(Path file, Pom berth) throws IOException, PackagingException {
        try (var jar = new JarFile(file.toFile())) {
            List<ZipEntry> poms = jar.stream()
                    .filter(entry -> POM.matcher(entry.getName()).matches())
                    .map(ZipEntry.class::cast)
                    .toList();
            if (poms.size() != 1) {
                throw new PackagingException(
                        "cannot tell what " + file.getFileName() + " is",
                        "it has " + poms.size() + " pom.xml below META-INF/maven",
                        "teach Library.read where it says its name, version and licence");
            }
            Pom pom;
            try (InputStream in = jar.getInputStream(poms.getFirst())) {
                pom = Pom.read(in);
            }
            return new Library(file, pom, licence(jar, pom, berth), notices(jar));
        }
    }

    private static String licence(JarFile jar, Pom pom, Pom berth) throws IOException, PackagingException {
        String said = jar.getManifest().getMainAttributes().getValue("Bundle-License");
        if (said != null) {
            return said;
        }
        return (pom.group().equals(berth.group()) ? berth : pom)
                .licence()
                .orElseThrow(() -> new PackagingException(
                        "no licence of " + pom.key(),
                        "neither its manifest nor its pom.xml names one",
                        "find it out, and teach Library where it is written"));
    }

    private static Map<String, String> notices(JarFile jar) throws IOException {
        var notices = new TreeMap<String, String>();
        for (ZipEntry entry : jar.stream().toList()) {
            var matcher = NOTICE.matcher(entry.getName());
            if (matcher.matches()) {
                try (InputStream in = jar.getInputStream(entry)) {
                    notices.put(matcher.group(1), new String(in.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
        }
        return notices;
    }
}
