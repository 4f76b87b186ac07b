package dev.berth.windows;

import dev.berth.net.Protocol;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * What netsh prints around its numbers: titles, heads, rules and footers as recorded on real machines, whose provenance
 * docs/windows-netsh-samples.md lists. Where no sample of a text in that language is known, it prints the English one.
 * Each is printed in the OEM code page of that language; which one a redirected netsh uses was not seen.
 */
public enum NetshLanguage {
    ENGLISH(
            "IBM850",
            "Protocol %s Port Exclusion Ranges",
            "Start Port    End Port",
            "----------    --------",
            "* - Administered port exclusions.",
            "Protocol %s Dynamic Port Range",
            "Start Port      : ",
            "Number of Ports : "),
    /** With blanks at the ends of rows, as on runners of GitHub. */
    ENGLISH_WITH_BLANKS(
            "IBM850",
            "Protocol %s Port Exclusion Ranges",
            "Start Port    End Port      ",
            "----------    --------      ",
            "* - Administered port exclusions.",
            "Protocol %s Dynamic Port Range",
            "Start Port : ",
            "Number of Ports : "),
    SIMPLIFIED_CHINESE(
            "GBK",
            "协议 %s 端口排除范围",
            "开始端口    结束端口",
            "----------    --------",
            "* - 管理的端口排除。",
            "协议 %s 动态端口范围",
            "启动端口        : ",
            "端口数          : "),
    TRADITIONAL_CHINESE(
            "Big5",
            "通訊協定 %s 連接埠排除範圍",
            "開始連接埠    結束連接埠      ",
            "----------    --------      ",
            "* - 系統管理的連接埠排除。",
            "通訊協定 %s 動態連接埠範圍",
            "開始連接埠      : ",
            "連接埠數目      : "),
    JAPANESE(
            "windows-31j",
            "プロトコル %s ポート除外範囲",
            "開始ポート    終了ポート",
            "----------    --------",
            "* - 管理されている除外ポート。",
            "プロトコル %s の動的ポートの範囲",
            "開始ポート      : ",
            "ポート数        : "),
    GERMAN(
            "IBM850",
            "Portausschlussbereiche für das Protokoll \"%s\"",
            "Startport      Endport",
            "----------    --------",
            "* - Verwaltete Portausschlüsse.",
            "Protocol %s Dynamic Port Range",
            "Start Port      : ",
            "Number of Ports : "),
    FRENCH(
            "IBM850",
            "Protocole %s Plages d’exclusion de ports",
            "Port de début    Port de fin",
            "-------------    -----------",
            "* - Exclusions de ports administrés.",
            "Plage de ports dynamique du protocole %s",
            "Port de démarrage   : ",
            "Nombre de ports     : ") {
        @Override
        String needsElevation() {
            return "L'opération demandée nécessite une élévation (Exécuter en tant qu'administrateur).";
        }
    },
    SPANISH(
            "IBM850",
            "Protocolo %s Intervalos de exclusión de puertos",
            "Puerto de inicio    Puerto final",
            "----------          --------",
            "* - Exclusiones de puertos administrados.",
            "Protocol %s Dynamic Port Range",
            "Start Port      : ",
            "Number of Ports : "),
    RUSSIAN(
            "IBM866",
            "Протокол %s Диапазоны исключения портов",
            "Начальный порт    Конечный порт",
            "----------    --------",
            "* — управляемые исключения портов.",
            "Протокол %s Динамический диапазон портов",
            "Начальный порт      : ",
            "Число портов : "),
    ITALIAN(
            "IBM850",
            "Intervallo di esclusione porte protocollo %s",
            "Porta iniziale    Porta finale",
            "----------    --------",
            "* - Esclusioni porte amministrate.",
            "Protocol %s Dynamic Port Range",
            "Start Port      : ",
            "Number of Ports : "),
    /** Of which only the word for success is known. */
    KOREAN(
            "x-windows-949",
            "Protocol %s Port Exclusion Ranges",
            "Start Port    End Port",
            "----------    --------",
            "* - Administered port exclusions.",
            "Protocol %s Dynamic Port Range",
            "Start Port      : ",
            "Number of Ports : ") {
        @Override
        String ok() {
            return "확인됨";
        }
    },
    /** Prints nothing, as that of Wine. */
    SILENT("IBM850", "", "", "", "", "", "", "") {
        @Override
        String excluded(Protocol protocol, String rows) {
            return "";
        }

        @Override
        String dynamic(Protocol protocol, int first, int ports) {
            return "";
        }
    };

    private final String codePage;
    private final String title;
    private final String heads;
    private final String rule;
    private final String footer;
    private final String dynamicTitle;
    private final String start;
    private final String count;

    NetshLanguage(
            String codePage,
            String title,
            String heads,
            String rule,
            String footer,
            String dynamicTitle,
            String start,
            String count) {
        this.codePage = codePage;
        this.title = title;
        this.heads = heads;
        this.rule = rule;
        this.footer = footer;
        this.dynamicTitle = dynamicTitle;
        this.start = start;
        this.count = count;
    }

    Charset codePage() {
        return Charset.forName(codePage, StandardCharsets.UTF_8); // a small runtime of Java has few
    }

    /** A table of exclusions. */
    String excluded(Protocol protocol, String rows) {
        return "\r\n%s\r\n\r\n%s\r\n%s\r\n%s\r\n%s\r\n\r\n"
                .formatted(title.formatted(protocol.label()), heads, rule, rows, footer);
    }

    String dynamic(Protocol protocol, int first, int ports) {
        return "\r\n%s\r\n---------------------------------\r\n%s%d\r\n%s%d\r\n\r\n"
                .formatted(dynamicTitle.formatted(protocol.label()), start, first, count, ports);
    }

    String ok() {
        return "Ok.";
    }

    String needsElevation() {
        return "The requested operation requires elevation (Run as administrator).";
    }
}
