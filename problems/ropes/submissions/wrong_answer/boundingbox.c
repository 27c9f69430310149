// Ties a rectangle around the posts.
#include <stdio.h>

int main(void)
{
    int n, r, left, right, bottom, top;
    if (scanf("%d %d", &n, &r) != 2)
        return 1;
    for (int i = 0; i < n; ++i) {
        int x, y;
        if (scanf("%d %d", &x, &y) != 2)
            return 1;
        left = i == 0 || x < left ? x : left;
        right = i == 0 || x > right ? x : right;
        bottom = i == 0 || y < bottom ? y : bottom;
        top = i == 0 || y > top ? y : top;
    }
    printf("%.7f\n", 2.0 * (right - left) + 2.0 * (top - bottom) + 6.283185307179586 * r);
    return 0;
}
