// Colours that colour-blind readers tell apart (Okabe and Ito), in a light and a dark setting; paper is light.
const LIGHT = {
  ink: '#1f242b', grey: '#565e69', line: '#dfe3e8', paper: '#ffffff', soft: '#eef1f4',
  series: ['#0072b2', '#e69f00', '#009e73', '#cc79a7', '#56b4e9', '#d55e00', '#8a8f98', '#b9a400'],
  good: '#0072b2', bad: '#d55e00', middle: '#f3ede2', faint: '#b4bac2', calm: '#56b4e9',
};
const DARK = {
  ink: '#e8eaed', grey: '#a9b1bb', line: '#363d46', paper: '#14171b', soft: '#23282f',
  series: ['#4aa3df', '#f0b53a', '#2fbf95', '#dc93bb', '#8bcdf2', '#f0834a', '#9aa1ab', '#d8c53a'],
  good: '#4aa3df', bad: '#f0834a', middle: '#3a3d42', faint: '#565e69', calm: '#8bcdf2',
};
const prefersDark = matchMedia('(prefers-color-scheme: dark)');
let isPrinting = false;
const palette = () => (prefersDark.matches && !isPrinting ? DARK : LIGHT);
