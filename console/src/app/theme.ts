import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

/** Cool greys, lightest first. */
const gray: MantineColorsTuple = [
  '#f6f7f9',
  '#eef0f3',
  '#e2e5ea',
  '#d0d5dd',
  '#b3bac6',
  '#8a93a3',
  '#667081',
  '#4c5566',
  '#333b49',
  '#1c2330',
];

/** The dark scheme, text first, deepest background last. */
const dark: MantineColorsTuple = [
  '#e4e8ee',
  '#c7cdd7',
  '#a4adbb',
  '#7e8898',
  '#434d5b',
  '#303844',
  '#262d37',
  '#151a20',
  '#101419',
  '#0b0e12',
];

/** The one accent: the green-blue of harbour water. Shade 7 on white and white on shade 6 both pass 4.5:1. */
const harbour: MantineColorsTuple = [
  '#e9f6f6',
  '#d2ebec',
  '#a5d6d9',
  '#74c1c5',
  '#4bb0b6',
  '#279ba2',
  '#0f7c84',
  '#0b6b73',
  '#08555c',
  '#053f45',
];

const INTER = "'Inter Variable', system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif";

export const MONOSPACE =
  "ui-monospace, 'SF Mono', 'Cascadia Mono', 'Segoe UI Mono', 'Roboto Mono', 'DejaVu Sans Mono', Menlo, Consolas, monospace";

export const theme = createTheme({
  colors: { gray, dark, harbour },
  primaryColor: 'harbour',
  primaryShade: { light: 7, dark: 6 },
  black: '#1c2330',
  fontFamily: INTER,
  fontFamilyMonospace: MONOSPACE,
  headings: {
    fontFamily: INTER,
    fontWeight: '620',
    sizes: {
      h1: { fontSize: '1.375rem', lineHeight: '1.3' },
      h2: { fontSize: '1rem', lineHeight: '1.4' },
      h3: { fontSize: '0.875rem', lineHeight: '1.4' },
    },
  },
  fontWeights: { regular: '400', medium: '540', bold: '640' },
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
  defaultRadius: 6,
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'sm' } },
    TextInput: { defaultProps: { size: 'sm' } },
    PasswordInput: { defaultProps: { size: 'sm' } },
    NativeSelect: { defaultProps: { size: 'sm' } },
    Textarea: { defaultProps: { size: 'sm' } },
  },
});

/** Darker (lighter, in the dark) secondary, placeholder and error text than the library's own, which miss 4.5:1. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': gray[7],
    '--mantine-color-placeholder': gray[6],
    '--mantine-color-error': '#b42318',
    '--mantine-color-default-border': gray[4],
    '--mantine-color-body': '#ffffff',
  },
  dark: {
    '--mantine-color-dimmed': dark[2],
    '--mantine-color-placeholder': dark[2],
    '--mantine-color-error': '#f58b80',
    '--mantine-color-anchor': harbour[3],
    '--mantine-color-default-border': dark[4],
    '--mantine-color-body': dark[7],
  },
});
