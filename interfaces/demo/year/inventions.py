"""What people of the made-up year are called, and what they ask for."""

from interfaces.demo.year.dice import Dice

FIRST = (
    "Maria", "Yosef", "Anastasia", "Petrus", "Kornelia", "Markus", "Yuliana", "Lukas",
    "Damianus", "Ester", "Fransiska", "Gabriel", "Hendrik", "Imelda", "Yakob",
    "Katarina", "Lodovikus", "Melania", "Nikolaus", "Oktaviana", "Paulus", "Regina",
    "Silvester", "Theresia", "Urbanus", "Viktoria", "Wilhelmus", "Yanuarius",
)  # fmt: skip
FAMILY = (
    "Nope", "Abuk", "Seran", "Mone", "Tefa", "Kiik", "Riwu", "Bere", "Asa", "Bria",
    "Manafe", "Lawa", "Ledo", "Kolin", "Djami", "Tukan", "Ndun", "Wea", "Sabon", "Mali",
    "Tallo", "Taolin", "Kehi", "Foenay", "Nahak", "Tnunay", "Luan", "Dhae", "Rihi",
)  # fmt: skip
PLACES = (
    "Kupang", "Atambua", "Betun", "Kefamenanu", "Soe", "Kalabahi", "Larantuka",
    "Maumere", "Ende", "Bajawa", "Ruteng", "Labuan Bajo", "Waingapu", "Sabu",
)  # fmt: skip
INSTITUTIONS = (
    "Perkumpulan Pemerhati Batas", "Lembaga Kajian Birokrasi Timor",
    "Himpunan Mahasiswa Administrasi Publik", "Yayasan Flobamora Terbuka",
    "Forum Warga Perbatasan", "Redaksi Suara Timor",
)  # fmt: skip

ASKED = {
    "biro-organisasi": (
        "Data jumlah perangkat daerah lingkup Pemprov NTT",
        "Struktur organisasi dan tata kerja sekretariat daerah",
        "Salinan SOP pelayanan administrasi umum",
        "Peta jabatan dan hasil analisis beban kerja",
        "Nilai indeks reformasi birokrasi lima tahun terakhir",
        "Laporan kinerja instansi pemerintah tahun lalu",
        "Hasil survei kepuasan masyarakat per perangkat daerah",
        "Daftar jabatan pelaksana hasil penyetaraan",
        "Standar pelayanan yang sudah ditetapkan",
        "Peraturan gubernur tentang uraian tugas",
        "Hasil evaluasi kelembagaan perangkat daerah",
        "Panduan penyusunan tata naskah dinas",
    ),
    "bppd": (
        "Jumlah pelintas di PLBN Motaain per bulan",
        "Profil kawasan perbatasan negara di Kabupaten Belu",
        "Syarat kartu lintas batas",
        "Rencana aksi pengelolaan perbatasan",
        "Data program pembangunan lokasi prioritas",
        "Anggaran pembangunan jalan sabuk perbatasan",
        "Data pilar batas negara yang telah dipasang",
        "Notulen rapat koordinasi pengelolaan perbatasan",
        "Data penduduk desa perbatasan",
        "Perkembangan kerja sama dengan Distrik Oecusse",
        "Laporan monitoring pos lintas batas tradisional",
        "Dokumen rencana induk perbatasan",
    ),
}

HOLDERS = (
    "Dinas Kependudukan dan Pencatatan Sipil Provinsi NTT",
    "Badan Pusat Statistik Provinsi NTT",
    "Badan Kepegawaian Daerah Provinsi NTT",
    "Kantor Imigrasi Atambua",
)
"""Other public bodies to which a request is passed on."""

NOT_CONTENT = {
    "a": "Informasi itu menurut saya tidak termasuk yang dikecualikan.",
    "d": "Yang saya terima bukan data yang saya minta.",
}
"""What an objection says, by its ground."""

RULINGS = {
    "uphold": "Jawaban PPID sudah sesuai peraturan",
    "grant": "Informasi dapat diberikan; berikan jawaban yang lengkap",
}
"""What the PPID's superior says, by the decision."""

EXEMPT = (
    ("kip17.c", "Letak dan jumlah personel pengamanan membahayakan pertahanan negara"),
    ("kip17.h", "Hasil evaluasi kapabilitas seseorang adalah rahasia pribadi"),
    ("kip17.i", "Memorandum antarbadan publik yang menurut sifatnya dirahasiakan"),
)
"""Legal bases that the year's refusals cite, with the reasons told."""

COMPLAINTS = (
    ("delay", "Jawaban lebih lambat dari yang dijanjikan."),
    ("conduct", "Petugas kurang ramah saat menerima kami."),
    ("facility", "Ruang tunggu panas dan kursi tidak cukup."),
    ("information", "Persyaratan tidak terpampang di ruang layanan."),
)


def name(dice: Dice) -> str:
    """Somebody's name."""
    return f"{dice.choice(FIRST)} {dice.choice(FAMILY)}"


def phone(dice: Dice) -> str:
    """A number of the mobile form."""
    return f"0812{dice.randrange(10**7):07d}"


def asked(dice: Dice, agency: str) -> list[str]:
    """One to three items that somebody asks of an agency."""
    return dice.sample(ASKED[agency], dice.weighted({1: 70, 2: 22, 3: 8}))
