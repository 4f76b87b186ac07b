package dev.berth.packages;

import com.github.packageurl.MalformedPackageURLException;
import com.github.packageurl.PackageURL;
import com.github.packageurl.PackageURLBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cyclonedx.Version;
import org.cyclonedx.exception.GeneratorException;
import org.cyclonedx.generators.json.BomJsonGenerator;
import org.cyclonedx.model.AttachmentText;
import org.cyclonedx.model.Bom;
import org.cyclonedx.model.BomReference;
import org.cyclonedx.model.Component;
import org.cyclonedx.model.Composition;
import org.cyclonedx.model.Dependency;
import org.cyclonedx.model.Hash;
import org.cyclonedx.model.License;
import org.cyclonedx.model.LicenseChoice;
import org.cyclonedx.model.LifecycleChoice;
import org.cyclonedx.model.Lifecycles;
import org.cyclonedx.model.Metadata;
import org.cyclonedx.model.OrganizationalEntity;
import org.cyclonedx.model.Property;

/**
 * A software bill of materials: Berth, the libraries in it and the Java below it. The same commit and JDK give the same bytes.
 *
 * @see <a href="https://cyclonedx.org/docs/1.6/json/">CycloneDX 1.6</a>
 */
record Bill(Release release, Pom program, Pom berth, List<Library> libraries, JavaRuntime java) {
    private static final Version FORMAT = Version.VERSION_16;
    private static final String EMBEDDED = "-LICENSE";
    private static final String MICROSOFT = "microsoft-c-runtime";

    String json() throws PackagingException {
        Bom bill = bill();
        UUID serial = UUID.nameUUIDFromBytes(text(bill).getBytes(StandardCharsets.UTF_8));
        bill.setSerialNumber("urn:uuid:" + serial);
        return text(bill) + "\n";
    }

    private static String text(Bom bill) throws PackagingException {
        try {
            return new BomJsonGenerator(bill, FORMAT).toJsonString(true);
        } catch (GeneratorException e) {
            throw failed(e);
        }
    }

    private Bom bill() throws PackagingException {
        var bill = new Bom();
        bill.setMetadata(metadata());
        for (Library library : libraries) {
            bill.addComponent(component(library));
        }
        bill.addComponent(netbase());
        bill.addComponent(component(java));
        if (!java.microsoft().isEmpty()) {
            bill.addComponent(microsoft());
        }
        bill.setDependencies(dependencies());
        bill.setCompositions(List.of(completeness()));
        return bill;
    }

    private Metadata metadata() throws PackagingException {
        var metadata = new Metadata();
        metadata.setTimestamp(Date.from(release.time()));
        var built = new LifecycleChoice();
        built.setPhase(LifecycleChoice.Phase.BUILD);
        var lifecycles = new Lifecycles();
        lifecycles.setLifecycleChoice(List.of(built));
        metadata.setLifecycles(lifecycles);
        Component program = component(Component.Type.APPLICATION, this.program);
        program.setLicenses(Licence.choice(berth.licence().stream().toList()));
        if (release.commit() != null) {
            program.addProperty(new Property("dev.berth:commit", release.commit()));
        }
        metadata.setComponent(program);
        return metadata;
    }

    private Component component(Library library) throws PackagingException {
        Component component = component(Component.Type.LIBRARY, library.pom());
        component.setLicenses(Licence.choice(List.of(library.licence())));
        try {
            component.addHash(new Hash(Hash.Algorithm.SHA_256, Checksums.of(library.jar())));
        } catch (IOException e) {
            throw failed(e);
        }
        library.notices().forEach((file, text) -> {
            if (file.endsWith(EMBEDDED)) {
                component.addComponent(embedded(library, file, text));
            }
        });
        return component;
    }

    /** What a library carries of others, such as {@code Schubfach-LICENSE}: it says no version. */
    private static Component embedded(Library library, String file, String text) {
        var component = new Component();
        component.setType(Component.Type.LIBRARY);
        component.setName(file.substring(0, file.length() - EMBEDDED.length()));
        component.setBomRef(purl(library.pom()) + "#" + component.getName());
        var licence = new License();
        licence.setName(file);
        licence.setLicenseText(new AttachmentText());
        licence.getAttachmentText().setText(text.strip());
        component.setLicenses(new LicenseChoice());
        component.getLicenses().addLicense(licence);
        return component;
    }

    private static Component component(Component.Type type, Pom pom) {
        var component = new Component();
        component.setType(type);
        component.setGroup(pom.group());
        component.setName(pom.name());
        component.setVersion(pom.version());
        component.setPurl(purl(pom));
        component.setBomRef(component.getPurl());
        return component;
    }

    private static Component component(JavaRuntime java) {
        var component = new Component();
        component.setType(Component.Type.PLATFORM);
        component.setName("openjdk");
        component.setVersion(java.version());
        component.setPurl(purl(java));
        component.setBomRef(component.getPurl());
        component.setCpe("cpe:2.3:a:oracle:openjdk:" + java.version().replaceFirst("\\+.*", "") + ":*:*:*:*:*:*:*");
        if (!java.vendor().isEmpty()) {
            var vendor = new OrganizationalEntity();
            vendor.setName(java.vendor());
            component.setSupplier(vendor);
        }
        component.setLicenses(Licence.expression(JavaRuntime.LICENCE));
        java.modules().forEach(module -> component.addComponent(component(java, module)));
        return component;
    }

    private static Component component(JavaRuntime java, JavaRuntime.Module module) {
        var component = new Component();
        component.setType(Component.Type.LIBRARY);
        component.setName(module.name());
        component.setVersion(java.version());
        component.setBomRef(purl(java) + "#" + module.name());
        component.setLicenses(Licence.expression(JavaRuntime.LICENCE));
        for (var piece : module.pieces()) {
            var of = new Component();
            of.setType(Component.Type.LIBRARY);
            of.setName(piece.name());
            if (!piece.version().isEmpty()) {
                of.setVersion(piece.version());
            }
            of.setBomRef(component.getBomRef() + "/" + piece.title().replace(' ', '-'));
            of.setLicenses(Licence.choice(piece.licences()));
            component.addComponent(of);
        }
        return component;
    }

    private static Component netbase() throws PackagingException {
        var component = new Component();
        component.setType(Component.Type.DATA);
        component.setName(Netbase.NAME);
        component.setVersion(Netbase.VERSION);
        component.setPurl(Netbase.PURL);
        component.setBomRef(Netbase.PURL);
        component.setDescription(
                "registered-ports.properties in " + Netbase.HOLDER + " was made from its etc/services");
        component.setLicenses(Licence.choice(List.of(Netbase.LICENCE)));
        try {
            component.setCopyright(Netbase.notice()
                    .lines()
                    .takeWhile(line -> line.startsWith("Copyright"))
                    .collect(Collectors.joining("\n")));
        } catch (IOException e) {
            throw failed(e);
        }
        return component;
    }

    private Component microsoft() {
        var component = new Component();
        component.setType(Component.Type.LIBRARY);
        component.setName(MicrosoftRuntime.NAME);
        component.setBomRef(MICROSOFT);
        component.setDescription(String.join(", ", java.microsoft()));
        var maker = new OrganizationalEntity();
        maker.setName(MicrosoftRuntime.MAKER);
        component.setSupplier(maker);
        var licence = new License();
        licence.setName(MicrosoftRuntime.LICENCE);
        licence.setUrl(MicrosoftRuntime.TERMS);
        component.setLicenses(new LicenseChoice());
        component.getLicenses().addLicense(licence);
        return component;
    }

    private List<Dependency> dependencies() {
        List<Pom> known = libraries.stream().map(Library::pom).toList();
        var dependencies = new ArrayList<Dependency>();
        for (Pom pom : Stream.concat(Stream.of(program), known.stream()).toList()) {
            var dependency = new Dependency(purl(pom));
            known.stream()
                    .filter(library -> pom.needs().contains(library.key()))
                    .forEach(library -> dependency.addDependency(new Dependency(purl(library))));
            if (pom.name().equals(Netbase.HOLDER)) {
                dependency.addDependency(new Dependency(Netbase.PURL));
            }
            dependencies.add(dependency);
        }
        dependencies.add(new Dependency(Netbase.PURL));
        String runtime = purl(java);
        dependencies.getFirst().addDependency(new Dependency(runtime));
        var below = new Dependency(runtime);
        dependencies.add(below);
        if (!java.microsoft().isEmpty()) {
            below.addDependency(new Dependency(MICROSOFT));
            dependencies.add(new Dependency(MICROSOFT));
        }
        return dependencies;
    }

    /** All is there of what Maven put in; of Java, what its {@code legal} folder names. */
    private Composition completeness() {
        var complete = new Composition();
        complete.setAggregate(Composition.Aggregate.COMPLETE);
        complete.addDependency(new BomReference(purl(program)));
        libraries.forEach(library -> complete.addDependency(new BomReference(purl(library.pom()))));
        return complete;
    }

    private static String purl(Pom pom) {
        return written(PackageURLBuilder.aPackageURL()
                .withType(PackageURL.StandardTypes.MAVEN)
                .withNamespace(pom.group())
                .withName(pom.name())
                .withVersion(pom.version()));
    }

    private static String purl(JavaRuntime java) {
        var purl = PackageURLBuilder.aPackageURL()
                .withType(PackageURL.StandardTypes.GENERIC)
                .withName("openjdk")
                .withVersion(java.version());
        return written(java.sources().isEmpty() ? purl : purl.withQualifier("vcs_url", "git+" + java.sources()));
    }

    private static String written(PackageURLBuilder purl) {
        try {
            return purl.build().canonicalize();
        } catch (MalformedPackageURLException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static PackagingException failed(Exception e) {
        return new PackagingException(
                "cannot make the bill of materials",
                String.valueOf(e.getMessage()),
                "look at what went into the program");
    }
}
