// What the components say by themselves, in the page's language. (Django's catalogues hold every other text.)
const english = {
  autocomplete: {
    hint: "Type at least two letters; move through the suggestions with the up and down arrows and choose with Enter.",
    waiting: "Looking…",
    none: "We could not find this commune. Check the spelling, or type only the name of the commune.",
    tooShort: (letters) => `Type ${letters} letters or more`,
    results: (count) => (count === 1 ? "1 suggestion" : `${count} suggestions`),
    selected: (label, count, index) => `${label}, ${index + 1} of ${count}`,
    trouble: "The suggestions are not available. You can still continue: type the full name of the commune.",
  },
  components: {},
};

const vietnamese = {
  autocomplete: {
    hint: "Gõ ít nhất hai chữ cái; dùng phím mũi tên lên, xuống để xem các gợi ý và phím Enter để chọn.",
    waiting: "Đang tìm…",
    none: "Không tìm thấy xã, phường nào như vậy. Hãy kiểm tra chính tả hoặc chỉ gõ tên xã, phường.",
    tooShort: (letters) => `Gõ từ ${letters} chữ cái trở lên`,
    results: (count) => `${count} gợi ý`,
    selected: (label, count, index) => `${label}, gợi ý ${index + 1} trên ${count}`,
    trouble: "Chưa tải được gợi ý. Bạn vẫn có thể tiếp tục: hãy gõ đầy đủ tên xã, phường.",
  },
  components: {
    characterCount: {
      i18n: {
        charactersUnderLimit: { other: "Còn %{count} ký tự" },
        charactersAtLimit: "Đã dùng hết số ký tự",
        charactersOverLimit: { other: "Thừa %{count} ký tự" },
        wordsUnderLimit: { other: "Còn %{count} từ" },
        wordsAtLimit: "Đã dùng hết số từ",
        wordsOverLimit: { other: "Thừa %{count} từ" },
      },
    },
    passwordInput: {
      i18n: {
        showPassword: "Hiện",
        hidePassword: "Ẩn",
        showPasswordAriaLabel: "Hiện mật khẩu",
        hidePasswordAriaLabel: "Ẩn mật khẩu",
        passwordShownAnnouncement: "Mật khẩu đang hiện",
        passwordHiddenAnnouncement: "Mật khẩu đang ẩn",
      },
    },
  },
};

export const words = document.documentElement.lang.startsWith("vi") ? vietnamese : english;
